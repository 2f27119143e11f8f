import type { EndpointKey } from '../catalogue/endpoints';
import type { Body } from '../ports/documents';

/** A document or series row as the simulated cloud shows it at one moment. */
export interface SimulatedDocument {
  readonly body: Body;
  /** epoch ms that the API's window parameters are compared with (endpoint row, `window.anchor`) */
  readonly anchorMs: number;
  /** epoch ms at which this content (this version) became visible in the cloud */
  readonly visibleAt: number;
}

/** A person whose days are pure functions of (seed, day). */
export interface SimulatedPersonPort {
  /** Body of personal_info, all fields. */
  readonly personalInfo: Body;
  /** IANA zone the person lives in (travel days differ). */
  readonly zone: string;
  /**
   * What the cloud holds at `now` of one endpoint with fromMs <= anchorMs <= toMs, oldest first by anchor.
   * A document not yet synced is absent; one amended since shows its newest version.
   * personal_info is not asked for here; ring_configuration ignores the bounds.
   */
  documents(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[];
  /** Instants in (fromMs, toMs] at which the ring synced (background or app opened), ascending. */
  syncs(fromMs: number, toMs: number): readonly { readonly at: number; readonly kind: 'background' | 'app' }[];
}

/** What sets a person's life apart from the usual one. */
export interface Habits {
  /** Works five nights of every second week, and sleeps after them by day. */
  readonly nightShifts?: boolean;
  /** Share of days on which the app stays closed. */
  readonly appForgotten?: number;
  /** Is away every third week, each time in another zone. */
  readonly travels?: boolean;
}

export interface PersonOptions {
  /** Any text; it decides everything about the person. */
  readonly seed: string;
  /** First day with data, `YYYY-MM-DD`. */
  readonly firstDay: string;
  /** IANA zone, default `Europe/Helsinki`. */
  readonly zone?: string;
  /** Days (inclusive) on which the ring lay in a drawer. */
  readonly ringOff?: readonly { readonly from: string; readonly to: string }[];
  readonly habits?: Habits;
}
