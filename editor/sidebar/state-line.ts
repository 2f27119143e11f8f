import type { Overview } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import { shownParams } from '../support/shown-params';
import type { AccountTime } from './account-time';
import { sideTexts } from './side-texts';
import { stateLook } from './state-look';
import { wideProblems } from './wide-problems';

/**
 * The state of an account in one word with colour and icon, and what to do about it.
 * @param isDisabled whether its node is, in the editor
 */
export function stateLine(overview: Overview, time: AccountTime, isDisabled: boolean): HTMLElement {
  const { deployed, state, problems } = overview;
  if (!deployed) {
    const text = isDisabled ? sideTexts('oura-sidebar.disabled') : accountTexts('oura-account.overview.undeployed');
    return element('div', {}, element('p', { class: 'form-tips' }, text));
  }
  const { icon, tone } = stateLook(state);
  const at = state.until ?? state.since;
  const params = { ...(state.percent !== undefined && { percent: state.percent }), ...(at !== undefined && { time: time.clock(at) }) };
  const word = element('span', { class: 'oura-word' }, accountTexts(`state.${state.kind}`, params));
  const line = element('p', { class: `oura-state oura-${tone}` }, element('i', { class: `fa ${icon}`, 'aria-hidden': 'true' }), ' ', word);
  const lines = wideProblems(problems).map((problem) => {
    const shown = shownParams(accountTexts, problem);
    const what = element('b', {}, `${accountTexts(`error.${problem.code}`, shown)}. `);
    return element('p', { class: 'oura-problem' }, what, accountTexts(`remedy.${problem.code}`, shown));
  });
  return element('div', {}, line, ...lines);
}
