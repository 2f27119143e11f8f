import type { Overview } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import type { AccountTime } from './account-time';
import { familyRows } from './family-rows';
import { relativeTime } from './relative-time';
import { requestChart } from './request-chart';
import { sideTexts as t } from './side-texts';
import type { StateLook } from './state-look';
import { switchedOff } from './switched-off';

const SHORT_ID = 6;
const WEBHOOKS: Readonly<Record<string, StateLook>> = {
  off: { icon: 'fa-bell-slash-o', tone: 'busy' },
  subscribing: { icon: 'fa-hourglass-start', tone: 'busy' },
  active: { icon: 'fa-bell', tone: 'good' },
  silent: { icon: 'fa-bell-o', tone: 'wait' },
  refused: { icon: 'fa-ban', tone: 'bad' },
};

/** What an account is, what it asked of Oura today, and how fresh its families are. */
export function overviewParts(overview: Overview, time: AccountTime): readonly HTMLElement[] {
  if (!overview.deployed) return [];
  const { requests } = overview;
  return [
    facts(overview, time),
    ...webhooks(overview, time),
    ...(requests === null ? [] : [heading('requests'), requestChart(requests)]),
    families(overview, time),
  ];
}

function facts({ mode, person, storage, nextAt, sharedWith, debugUntil }: Overview, time: AccountTime): HTMLElement {
  const now = time.now();
  const words = [
    t(`oura-sidebar.mode.${mode}`),
    storage === null ? null : t(`oura-sidebar.storage.${storage}`),
    nextAt === null ? null : t('oura-sidebar.fact.next', { time: relativeTime(nextAt, now) }),
    sharedWith === null ? null : t('oura-sidebar.fact.shared', { name: sharedWith }),
    debugUntil === null ? null : t('oura-sidebar.fact.debug', { time: relativeTime(debugUntil, Date.now()) }),
  ].filter((word) => word !== null);
  const line = element('p', { class: 'oura-what' }, words.join(' · '));
  if (person !== null)
    line.append(' · ', t('oura-sidebar.fact.person'), ' ', element('code', { title: person }, person.slice(0, SHORT_ID)));
  return line;
}

/** How the webhooks stand; what is wrong with them, and what to do about it, in a line of its own. */
function webhooks({ webhooks: standing }: Overview, time: AccountTime): readonly HTMLElement[] {
  if (standing === null) return [];
  const { state, problem, lastEventAt } = standing;
  const look = WEBHOOKS[state] ?? { icon: 'fa-question-circle', tone: 'wait' };
  const last =
    lastEventAt === null
      ? t('oura-sidebar.webhooks.none')
      : t('oura-sidebar.webhooks.last', { time: relativeTime(lastEventAt, time.now()) });
  const words = [accountTexts(`webhookState.${state}`), ...(state === 'off' ? [] : [last])].join(' · ');
  const mark = element('i', { class: `fa ${look.icon}`, 'aria-hidden': 'true' });
  const line = element('p', { class: `oura-what oura-webhooks oura-${look.tone}`, 'data-state': state }, mark, ` ${words}`);
  if (problem === null) return [line];
  const what = element('b', {}, `${accountTexts(`error.${problem.code}`, problem.params)}. `);
  return [line, element('p', { class: 'oura-problem' }, what, accountTexts(`remedy.${problem.code}`, problem.params))];
}

function families(overview: Overview, time: AccountTime): HTMLElement {
  const columns = ['family', 'newest', 'read', 'next'].map((column) => element('th', { scope: 'col' }, t(`oura-sidebar.column.${column}`)));
  const head = element('thead', {}, element('tr', {}, ...columns));
  const body = element('tbody', {}, ...familyRows(overview, time.now()));
  const off = switchedOff(overview.families);
  return element(
    'details',
    { class: 'oura-families', ...(overview.families.some(({ fetchedAt }) => fetchedAt !== null) && { open: '' }) },
    element('summary', {}, t('oura-sidebar.families')),
    element('table', {}, head, body),
    ...(off === '' ? [] : [element('p', { class: 'oura-off' }, t('oura-sidebar.off', { families: off }))]),
  );
}

function heading(key: string): HTMLElement {
  return element('h4', {}, t(`oura-sidebar.heading.${key}`));
}
