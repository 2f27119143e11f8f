import type { EndpointKey } from './endpoints';
import type { MetricGroup } from './metric-groups';
import type { EnumQuantity, FlagQuantity, NumberQuantity, TextQuantity, TimestampQuantity } from './quantity';
import type { Reason } from './reasons';

/** A JSON object as the API sent it. */
export type Body = Readonly<Record<string, unknown>>;

/** When a value is read. */
export interface Moment {
  /** The person's local day, `YYYY-MM-DD`. */
  readonly today: string;
  /** epoch ms */
  readonly now: number;
}

/**
 * The one document that carries the metric.
 * day: the newest daily document on or before today · main_sleep: the main sleep of the newest night on or before today ·
 * latest_sleep: the sleep that ended last, naps included · newest: the newest document on or before today, however old ·
 * newest_known: the newest document on or before today, of the last week, that has the value at all ·
 * row: the newest row of a series · ring: the ring set up last · person: personal_info
 */
export type PickOne = 'day' | 'main_sleep' | 'latest_sleep' | 'newest' | 'newest_known' | 'row' | 'ring' | 'person';

/**
 * The documents that make up the metric.
 * sleep_day: all sleeps of the day of the main sleep · naps: today's naps · day_count, day_sum: today's periods ·
 * begun: all periods begun on or before today, oldest first
 */
export type PickMany = 'sleep_day' | 'naps' | 'day_count' | 'day_sum' | 'begun';

/**
 * What the value is about. night: the last night, delivered once for its day · today: the day so far · newest: what is known, however old ·
 * instant: one moment. Only `night` and `today` are late when their newest day is past.
 */
export type KindOfDay = 'night' | 'today' | 'newest' | 'instant';

/** What all rows have. */
interface Common {
  readonly endpoint: EndpointKey;
  /** Fields of the API the value comes from, as paths (`contributors.deep_sleep`). */
  readonly fields: readonly string[];
  readonly icon: `mdi:${string}`;
  /** Home Assistant's entity category. */
  readonly category: 'diagnostic' | null;
  readonly group: MetricGroup;
  /** Whether the entity is switched on when it first appears. */
  readonly enabledByDefault: boolean;
  /** Further fields of the same document shown with the value; of several documents each as `items`, of `begun` the last. */
  readonly attributes: readonly string[];
  readonly kindOfDay: KindOfDay;
  /** Why the value is null though the document is there; default `no_data`. */
  readonly whenNull?: Reason;
}

interface Read<D, Q, V> {
  readonly quantity: Q;
  readonly read: (from: D, moment: Moment) => V | null;
}

/** A reader is pure, takes anything, and answers null for what it does not understand. Numbers are in the API's unit. */
type Valued<D> =
  Read<D, NumberQuantity, number> | Read<D, TimestampQuantity | EnumQuantity | TextQuantity, string> | Read<D, FlagQuantity, boolean>;

/** One row describes one metric: where the API carries it, what it is, how it is shown. */
export type Metric = Common & (({ readonly pick: PickOne } & Valued<Body>) | ({ readonly pick: PickMany } & Valued<readonly Body[]>));
