import type { Finding } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import { shownParams } from '../support/shown-params';
import { relativeTime } from './relative-time';
import { sideTexts as t } from './side-texts';

const ICONS: Readonly<Record<Finding['level'], string>> = { problem: 'fa-times-circle', notice: 'fa-info-circle', ok: 'fa-check-circle' };

/** What "check everything" found: what needs a person first, each with what to do about it; what is well folded away. */
export function findingList(findings: readonly Finding[], now: number): HTMLElement {
  const open = findings.filter(({ level }) => level !== 'ok');
  const well = findings.filter(({ level }) => level === 'ok');
  const list = element('ul', { class: 'oura-findings' }, ...open.map((finding) => item(finding, now)));
  const summary = element('summary', {}, icon('ok'), ` ${t('oura-sidebar.check.well', { count: well.length })}`);
  const fine = element(
    'details',
    { class: 'oura-fine' },
    summary,
    element('ul', {}, ...well.map(({ check }) => element('li', {}, t(`check.${check}`)))),
  );
  return element('div', {}, ...(open.length === 0 ? [] : [list]), fine);
}

function item({ check, level, found }: Finding, now: number): HTMLElement {
  const name = element('b', {}, t(`check.${check}`));
  const word = element('span', { class: 'oura-level' }, t(`oura-sidebar.level.${level}`));
  const line = element('li', { class: `oura-finding oura-${level}`, 'data-check': check }, icon(level), ' ', name, ' ', word);
  if (found === null) return line;
  const params = shownParams(accountTexts, found);
  const since = params['since'];
  const when = typeof since === 'string' ? ` ${t('oura-sidebar.check.since', { time: relativeTime(since, now) })}` : '';
  line.append(
    element('p', {}, `${accountTexts(`error.${found.code}`, params)}.${when}`),
    element('p', {}, accountTexts(`remedy.${found.code}`, params)),
  );
  return line;
}

function icon(level: Finding['level']): HTMLElement {
  return element('i', { class: `fa ${ICONS[level]}`, 'aria-hidden': 'true' });
}
