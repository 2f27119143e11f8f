import type { EndpointKey } from '../catalogue/endpoints';
import { METRIC_KEYS, metricOf } from '../catalogue/metrics';
import type { Reason } from '../catalogue/reasons';
import { startOfDay } from '../sync/local-day';

/** What the engine knows of one family. Instants are epoch ms; null = never. */
export interface FreshnessInputs {
  /** Chosen by the person to be fetched. */
  readonly enabled: boolean;
  readonly blocked: 'no_scope' | 'no_membership' | 'not_supported' | null;
  readonly lastSuccessAt: number | null;
  readonly lastErrorCode: string | null;
  /** Failures in a row since the last success. */
  readonly failures: number;
  /** Day of the newest document on or before today, instant of the newest row. */
  readonly newestDay: string | null;
  readonly newestAt: number | null;
  /** When the family is asked for next. */
  readonly nextAt: number | null;
  readonly today: string;
  /** Zone the person's days are counted in. */
  readonly zone: string;
  /** Whether the ring was worn last night (`wornLastNight`); null or missing = unknown. */
  readonly worn?: boolean | null;
}

/** How fresh the local copy of one family is, and why it is not fresher. */
export interface FamilyFreshness {
  readonly endpoint: EndpointKey;
  readonly newestDay: string | null;
  readonly newestAt: number | null;
  /** Last successful answer of Oura. */
  readonly fetchedAt: number | null;
  /** That answer is of today: what it does not name does not exist so far. */
  readonly fetchedToday: boolean;
  readonly nextAt: number | null;
  readonly reason: Reason | null;
  /** Code of the error that keeps the family from being fresh. */
  readonly error: string | null;
}

/** Pure: judges one family. The reason that a person can do most about comes first. */
export function familyFreshness(endpoint: EndpointKey, inputs: FreshnessInputs): FamilyFreshness {
  const { newestDay, newestAt, lastSuccessAt, nextAt, today, zone, failures, lastErrorCode } = inputs;
  const dayStart = startOfDay(today, zone);
  const fetchedToday = lastSuccessAt !== null && lastSuccessAt >= dayStart;
  const reason = reasonOf(endpoint, inputs, { fetchedToday, dayStart });
  const error = failures > 0 ? lastErrorCode : null;
  return { endpoint, newestDay, newestAt, fetchedAt: lastSuccessAt, fetchedToday, nextAt, reason, error };
}

function reasonOf(
  endpoint: EndpointKey,
  { enabled, blocked, failures, lastSuccessAt, newestDay, newestAt, today, worn }: FreshnessInputs,
  { fetchedToday, dayStart }: { readonly fetchedToday: boolean; readonly dayStart: number },
): Reason | null {
  if (!enabled) return 'disabled';
  if (blocked !== null) return blocked;
  if (failures > 0) return 'error';
  if (lastSuccessAt === null) return 'pending';
  if (newestDay === null && newestAt === null) return 'no_data';
  const expected = expectedEachDay(endpoint);
  const isBehind = expected === 'row' ? (newestAt ?? 0) < dayStart : expected !== null && (newestDay ?? '') < today;
  if (!isBehind || !fetchedToday) return null;
  return expected === 'night' && worn === false ? 'not_worn' : 'not_synced';
}

/** What a worn ring brings each day: a night, a day so far, rows; null where days without anything are usual. */
function expectedEachDay(endpoint: EndpointKey): 'night' | 'day' | 'row' | null {
  const rows = METRIC_KEYS.map(metricOf).filter((metric) => metric.endpoint === endpoint);
  if (rows.some(({ pick }) => pick === 'row')) return 'row';
  if (!rows.some(({ pick }) => pick === 'day' || pick === 'main_sleep')) return null;
  return rows.some(({ kindOfDay }) => kindOfDay === 'night') ? 'night' : 'day';
}
