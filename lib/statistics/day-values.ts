import { nextTurn } from '../async/next-turn';
import type { EndpointKey } from '../catalogue/endpoints';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import { metricNow } from '../metrics/metric-now';
import type { MetricInputs } from '../metrics/metric-value';
import type { Documents, StoredDocument } from '../ports/documents';
import { addDays, earlier } from '../sync/local-day';

/** A value of a metric with the day it is of, in the shown unit. */
export interface DayValue {
  readonly day: string;
  readonly value: number;
}

/** What to read: metrics of one family on days from `from` to `to`, both included. */
export interface DayQuestion {
  readonly endpoint: EndpointKey;
  readonly keys: readonly MetricKey[];
  readonly from: string;
  readonly to: string;
  /** From this day on a day without documents counts as 0 where documents are counted; null = from the first document that is found. */
  readonly countFrom: string | null;
}

/** Days read from the store at once: some 60 nights with their samples are a few milliseconds. */
const BLOCK_DAYS = 30;
const COUNTED: readonly string[] = ['naps', 'day_count', 'day_sum'];

/**
 * The values of metrics day by day, by the rules they are shown by: each from the documents of its own day only, nothing carried over from
 * another. The store is read once; the event loop gets its turn between blocks of days.
 * @throws the signal's reason
 */
export async function dayValues(
  documents: Pick<Documents, 'range'>,
  { endpoint, keys, from, to, countFrom }: DayQuestion,
  signal: AbortSignal,
): Promise<ReadonlyMap<MetricKey, readonly DayValue[]>> {
  const found = new Map<MetricKey, DayValue[]>(keys.map((key) => [key, []]));
  const counted = keys.filter((key) => COUNTED.includes(metricOf(key).pick));
  let countsSince = countFrom;
  for (let first = from; first <= to; first = addDays(first, BLOCK_DAYS)) {
    const last = earlier(addDays(first, BLOCK_DAYS - 1), to);
    const byDay = Map.groupBy(documents.range(endpoint, first, last), (document) => document.day ?? '');
    if (byDay.size === 0 && countsSince === null) continue;
    for (let day = first; day <= last; day = addDays(day, 1)) {
      const ofDay = byDay.get(day) ?? [];
      if (ofDay.length > 0) countsSince ??= day;
      const isCounted = countsSince !== null && day >= countsSince;
      const inputs = inputsOf(day, ofDay);
      for (const key of ofDay.length > 0 ? keys : isCounted ? counted : []) {
        const value = valueOn(key, day, inputs);
        if (value !== null) found.get(key)?.push({ day, value });
      }
    }
    await nextTurn();
    signal.throwIfAborted();
  }
  return found;
}

function valueOn(key: MetricKey, day: string, inputs: MetricInputs): number | null {
  const { value, day: ownDay } = metricNow(key, inputs);
  return ownDay === day && typeof value === 'number' ? value : null;
}

/** A local copy that holds nothing but one day, at its end. In UTC: the zone is for instants, of which statistics show none. */
function inputsOf(day: string, ofDay: readonly StoredDocument[]): MetricInputs {
  return {
    documents: { range: () => ofDay, newest: () => ofDay.at(-1) ?? null },
    series: { range: () => [], newest: () => null },
    today: day,
    now: Date.parse(`${day}T23:59:59Z`),
    zone: 'UTC',
    freshness: (endpoint) => ({
      endpoint,
      newestDay: day,
      newestAt: null,
      fetchedAt: 0,
      fetchedToday: true,
      nextAt: null,
      reason: null,
      error: null,
    }),
  };
}
