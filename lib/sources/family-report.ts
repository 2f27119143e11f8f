import type { EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import type { AccountSession } from '../sync/account-session';
import { familyView } from './family-view';
import { freshnessNow } from './freshness-now';
import { isoInstant } from './iso-instant';

/** How fresh the local copy of one family is, and why it is not fresher. Instants are ISO 8601; null = never. */
export interface FamilyReport {
  readonly family: EndpointKey;
  readonly newestDay: string | null;
  /** Series: instant of the newest row. */
  readonly newestAt: string | null;
  readonly fetchedAt: string | null;
  readonly nextAt: string | null;
  readonly reason: Reason | null;
  /** Code of the error that keeps the family from being fresh. */
  readonly error: string | null;
  /** First day that is loaded without gap. */
  readonly historyFrom: string | null;
}

/** What is known of one family of an account right now. */
export function familyReport(session: AccountSession, endpoint: EndpointKey): FamilyReport {
  const { family } = familyView(session, endpoint);
  const freshness = freshnessNow(session, endpoint);
  if (freshness === null) return nothingKnown(endpoint, family.enabled);
  const { newestDay, newestAt, fetchedAt, reason, error, nextAt: next } = freshness;
  return {
    family: endpoint,
    newestDay,
    newestAt: isoInstant(newestAt),
    fetchedAt: isoInstant(fetchedAt),
    nextAt: isoInstant(next),
    reason: reason === 'no_data' && isStored(session, endpoint) ? null : reason,
    error,
    historyFrom: family.reached,
  };
}

/** What has no day, such as the person, is there all the same. */
function isStored({ host }: AccountSession, endpoint: EndpointKey): boolean {
  return (host?.keeper.current.documents.newest(endpoint) ?? null) !== null;
}

function nothingKnown(family: EndpointKey, isEnabled: boolean): FamilyReport {
  const reason = isEnabled ? 'pending' : 'disabled';
  return { family, newestDay: null, newestAt: null, fetchedAt: null, nextAt: null, reason, error: null, historyFrom: null };
}
