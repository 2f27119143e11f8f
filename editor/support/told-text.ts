import type { Told } from '../../lib/accounts/wire';
import { shownParams } from './shown-params';

/** An error in words: what happened, and what to do about it. @param t texts of the account's catalogue */
export function toldText(t: Translate, told: Told): string {
  const params = shownParams(t, told);
  return `${t(`error.${told.code}`, params)}. ${t(`remedy.${told.code}`, params)}`;
}
