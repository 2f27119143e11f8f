import type { FamilyOverview } from '../../lib/accounts/wire';
import { accountTexts } from '../support/account-texts';

/** The families that are not fetched, by name. */
export function switchedOff(families: readonly FamilyOverview[]): string {
  return families
    .filter(({ reason }) => reason === 'disabled')
    .map(({ family }) => accountTexts(`family.${family}.label`))
    .join(', ');
}
