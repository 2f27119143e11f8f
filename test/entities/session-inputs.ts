import { familyFreshness } from '../../lib/metrics/family-freshness';
import type { MetricInputs } from '../../lib/metrics/metric-value';
import { familyView } from '../../lib/sources/family-view';
import type { AccountSession } from '../../lib/sync/account-session';

/** What the metrics of a running account are read from. */
export function sessionInputs(session: AccountSession): MetricInputs | null {
  const { host, connection } = session;
  if (host === null || connection === null) return null;
  const { documents, series } = host.keeper.current;
  const { zone, today } = familyView(session, 'sleep');
  return {
    documents,
    series,
    zone,
    today,
    now: connection.clock.now(),
    freshness: (endpoint) => {
      const { family } = familyView(session, endpoint);
      return familyFreshness(endpoint, { ...family, lastErrorCode: family.errorCode, nextAt: null, today, zone });
    },
  };
}
