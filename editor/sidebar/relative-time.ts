import { sideTexts as t } from './side-texts';

const UNITS = [
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
] as const;

/**
 * How long ago or ahead an instant is, in the browser's language and in whole units: "3 min. ago", "in 2 hr."; "now" within a minute.
 * @param at ISO 8601 @param now epoch ms of the clock that wrote `at`
 */
export function relativeTime(at: string, now: number): string {
  const ms = Date.parse(at) - now;
  const [unit, size] = UNITS.find(([, length]) => Math.abs(ms) >= length) ?? [null, 1];
  if (unit === null) return t('oura-sidebar.now');
  return new Intl.RelativeTimeFormat(undefined, { style: 'short', numeric: 'auto' }).format(Math.trunc(ms / size), unit);
}
