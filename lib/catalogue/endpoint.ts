import type { z } from 'zod';
import type { Scope } from './scopes';

/**
 * daily: one document a day · period: any number, each with a start · series: rows without id · singleton: one object · list: a short
 * complete list.
 */
export type EndpointKind = 'daily' | 'period' | 'series' | 'singleton' | 'list';

/** When a family changes: `app` after the person opened the app, `background` whenever the ring synced, `rare` hardly ever. */
export type Freshness = 'app' | 'background' | 'rare';

/**
 * How an endpoint's window parameters behave. Measured behaviour differs from family to family and from the specification
 * (API facts, section 8); so every request is padded and the documents' own `day` decides.
 */
export interface Window {
  /** date: start_date/end_date · datetime: start_datetime/end_datetime · none: no window, the whole list comes */
  readonly params: 'date' | 'datetime' | 'none';
  /** What the API compares with the window: 00:00 or 04:00 local of the day, the start as local or as UTC time. */
  readonly anchor: 'midnight' | 'activity_day' | 'local_start' | 'utc_start' | 'none';
  /** Days asked for beyond the wanted ones, so that neither end rule loses a document. */
  readonly padBefore: number;
  readonly padAfter: number;
  /** Longest window of one request in days, padding excluded; longer ranges are split. */
  readonly chunkDays: number;
}

/** One row describes one endpoint of Oura's API v2: where it is, how it behaves, what its documents look like. */
export interface Endpoint {
  /** Last part of the path, spelt as the API spells it (`vO2_max`). */
  readonly path: string;
  readonly kind: EndpointKind;
  /** Fields that hold a document's local day, start and end; null where it has none. */
  readonly day: string | null;
  readonly start: string | null;
  readonly end: string | null;
  readonly window: Window;
  /** Any one of these opens the endpoint (evidence differs for some); empty = every token does. */
  readonly scopes: readonly Scope[];
  /** data_type of webhook subscriptions; null = Oura sends none. */
  readonly webhook: string | null;
  readonly freshness: Freshness;
  /** Has the route for a single document. */
  readonly single: boolean;
  /** Honours `fields`. */
  readonly selectable: boolean;
  /** Honours `latest=true`. */
  readonly latest: boolean;
  /** Judges a document without transforming it. */
  readonly schema: z.ZodType;
  /** Node-RED: icon file and palette colour. */
  readonly icon: `${string}.svg`;
  readonly color: `#${string}`;
}
