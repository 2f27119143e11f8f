import type { Finding } from '../../lib/accounts/wire';
import { sideTexts as t } from './side-texts';

/** One sentence about all findings. */
export function findingSummary(findings: readonly Finding[]): string {
  const count = (wanted: Finding['level']): number => findings.filter(({ level }) => level === wanted).length;
  const [problems, notices] = [count('problem'), count('notice')];
  if (problems > 0) return t('oura-sidebar.check.problems', { problems, notices });
  return notices === 0 ? t('oura-sidebar.check.fine') : t('oura-sidebar.check.notices', { notices });
}
