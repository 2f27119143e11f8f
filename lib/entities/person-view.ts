import type { EndpointKey } from '../catalogue/endpoints';
import type { FamilyFreshness } from '../metrics/family-freshness';
import type { MetricInputs } from '../metrics/metric-value';
import { wornLastNight } from '../metrics/worn-last-night';
import { familyView } from '../sources/family-view';
import { freshnessNow } from '../sources/freshness-now';
import type { AccountSession } from '../sync/account-session';
import { addDays, startOfDay } from '../sync/local-day';

/** All that metrics and judgements of a person are read from right now, and when their next local day begins (epoch ms). */
export type PersonView = MetricInputs & { readonly tomorrow: number };

/** @returns null while the person is not known, or the account starts or ends */
export function personView(session: AccountSession): PersonView | null {
  const { host, connection } = session;
  if (host === null || connection === null) return null;
  const { zone, today } = familyView(session, 'daily_activity');
  if (today === '') return null;
  const { documents, series } = host.keeper.current;
  const [yesterday = null, soFar = null] = [addDays(today, -1), today].map((day) => documents.range('daily_activity', day, day).at(-1));
  const worn = wornLastNight(yesterday?.body ?? null, soFar?.body ?? null);
  const freshness = (endpoint: EndpointKey): FamilyFreshness => freshnessNow(session, endpoint, worn) ?? unread(endpoint);
  return { documents, series, zone, today, now: connection.clock.now(), freshness, tomorrow: startOfDay(addDays(today, 1), zone) };
}

/** The account ended meanwhile. */
function unread(endpoint: EndpointKey): FamilyFreshness {
  const nothing = { newestDay: null, newestAt: null, fetchedAt: null, fetchedToday: false, nextAt: null, error: null };
  return { endpoint, ...nothing, reason: 'pending' };
}
