import type { FamilyOverview, Overview, Told } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';
import { element } from '../support/element';
import { shownParams } from '../support/shown-params';
import { relativeTime } from './relative-time';

const t = accountTexts;
/** Reasons that are no cause for concern. */
const QUIET = ['pending', 'no_data', 'not_worn', 'not_synced', 'not_supported'];

type Families = Pick<Overview, 'families' | 'problems'>;

/**
 * A row for each family that is fetched: its newest day, when it was read and will be, and why there is nothing newer.
 * @param now epoch ms by the account's clock
 */
export function familyRows({ families, problems }: Families, now: number): readonly HTMLElement[] {
  return families
    .filter(({ reason }) => reason !== 'disabled')
    .map((family) => {
      const problem = problems.find((one) => one.family === family.family && one.code === family.error);
      return row(family, problem ?? (family.error === null ? null : { code: family.error, params: {} }), now);
    });
}

/** @param problem what keeps it from being fresh, when its reason is an error */
function row({ family, newestDay, fetchedAt, nextAt, reason }: FamilyOverview, problem: Told | null, now: number): HTMLElement {
  const time = (at: string | null): HTMLElement =>
    at === null ? element('td', {}, '–') : element('td', { title: new Date(at).toLocaleString() }, relativeTime(at, now));
  const name = element('th', { scope: 'row' }, t(`family.${family}.label`));
  if (reason !== null) name.append(why(reason, reason === 'error' ? problem : null));
  return element('tr', { 'data-family': family }, name, element('td', {}, dayText(newestDay)), time(fetchedAt), time(nextAt));
}

/** Why there is nothing newer, with what to do about it. */
function why(reason: string, problem: Told | null): HTMLElement {
  const params = problem === null ? {} : shownParams(t, problem);
  const [text, remedy] =
    problem === null
      ? [t(`reason.${reason}.label`), t(`reason.${reason}.remedy`)]
      : [t(`error.${problem.code}`, params), t(`remedy.${problem.code}`, params)];
  const isQuiet = QUIET.includes(reason);
  const icon = element('i', { class: `fa ${isQuiet ? 'fa-info-circle' : 'fa-exclamation-triangle'}`, 'aria-hidden': 'true' });
  const tone = isQuiet ? 'oura-quiet' : 'oura-loud';
  return element('details', { class: `oura-why ${tone}` }, element('summary', {}, icon, ` ${text}`), element('p', {}, remedy));
}

function dayText(day: string | null): string {
  if (day === null) return '–';
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  return new Date(year, month - 1, date).toLocaleDateString(undefined, { day: 'numeric', month: 'short' });
}
