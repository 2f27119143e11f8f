import type { Overview, StateView } from '../../lib/accounts/wire';
import { AccountTime } from '../sidebar/account-time';
import { stateLook, type StateLook } from '../sidebar/state-look';
import { chip, type Tone } from '../support/chip';
import { element } from '../support/element';
import { toldText } from '../support/told-text';

const TONES: Readonly<Record<StateLook['tone'], Tone>> = { good: 'good', busy: 'plain', wait: 'plain', bad: 'bad' };

/** The state of an account as a list of what and how it is. */
export function overviewElements(overview: Overview, t: Translate): readonly HTMLElement[] {
  if (!overview.deployed) return [element('p', { class: 'form-tips' }, t('oura-account.overview.undeployed'))];
  const { person, requests, scopes, sharedWith, storage, debugUntil, nextAt, webhooks } = overview;
  const time = new AccountTime(overview);
  const rows: readonly (readonly [string, string | Node] | null)[] = [
    ['state', stateChip(overview.state, time, t)],
    person === null ? null : ['person', element('code', {}, person)],
    sharedWith === null ? null : ['sharedWith', sharedWith],
    requests === null ? null : ['requests', t('oura-account.overview.used', { used: requests.used, limit: requests.limit })],
    nextAt === null ? null : ['nextAt', time.clock(Date.parse(nextAt))],
    webhooks === null ? null : ['webhooks', t(`webhookState.${webhooks.state}`)],
    storage === null ? null : ['storage', t(`oura-account.storage.${storage}`)],
    debugUntil === null ? null : ['debugUntil', time.clock(Date.parse(debugUntil))],
    scopes === null
      ? null
      : ['scopes', element('span', { class: 'oura-chips' }, ...scopes.map((scope) => chip(t(`scope.${scope}`), 'good')))],
  ];
  const list = rows
    .filter((row) => row !== null)
    .flatMap(([key, value]) => [element('dt', {}, t(`oura-account.overview.${key}`)), element('dd', {}, value)]);
  return [element('dl', { class: 'oura-facts' }, ...list), ...problems(overview, t)];
}

function problems({ problems: all }: Overview, t: Translate): readonly HTMLElement[] {
  if (all.length === 0) return [];
  const lines = all.map((problem) => {
    const family = problem.family === null ? [] : [element('b', {}, t(`family.${problem.family}.label`)), ': '];
    return element('li', {}, ...family, toldText(t, problem));
  });
  return [element('ul', { class: 'oura-problems' }, ...lines)];
}

function stateChip(state: StateView, time: AccountTime, t: Translate): HTMLElement {
  const { icon, tone } = stateLook(state);
  const { kind, percent, until, since } = state;
  const at = until ?? since;
  const params = { ...(percent !== undefined && { percent }), ...(at !== undefined && { time: time.clock(at) }) };
  return chip(t(`state.${kind}`, params), TONES[tone], icon);
}
