import type { EndpointKey } from '../catalogue/endpoints';
import { familyFreshness, type FamilyFreshness, type FreshnessInputs } from '../metrics/family-freshness';
import type { AccountSession } from '../sync/account-session';
import { familyView } from './family-view';

/**
 * How fresh a family of an account is right now.
 * @param worn whether the ring was worn last night; null = unknown
 * @returns null while the account starts
 */
export function freshnessNow(session: AccountSession, endpoint: EndpointKey, worn: FreshnessInputs['worn'] = null): FamilyFreshness | null {
  const { zone, today, family } = familyView(session, endpoint);
  const now = session.connection?.clock.now() ?? null;
  if (today === '' || now === null) return null;
  const nextAt = family.enabled ? (session.host?.engine?.dueAt(endpoint) ?? null) : null;
  const inputs = { ...family, lastErrorCode: family.errorCode, nextAt: nextAt === 0 ? now : nextAt, today, zone, worn };
  return familyFreshness(endpoint, inputs);
}
