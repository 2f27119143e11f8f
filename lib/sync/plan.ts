import type { EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';
import type { WaitingEvent } from '../ports/event-queue';
import type { WebhookHealth } from './engine-events';
import type { Rhythm, Sighting } from './rhythm';
import type { Waking } from './waking';

/** Why a family is not asked at all for now. */
export type Blocked = Extract<Reason, 'no_scope' | 'no_membership' | 'not_supported'>;

/** What the planner knows of one family. Instants are epoch ms, days local `YYYY-MM-DD`; null = never. */
export interface FamilyState {
  /** Chosen by the person to be fetched. */
  readonly enabled: boolean;
  /** A fetch of this family is under way. */
  readonly inFlight: boolean;
  readonly lastAttemptAt: number | null;
  readonly lastSuccessAt: number | null;
  /** When something new last came. */
  readonly lastChangeAt: number | null;
  /** Failures in a row and the earliest next try after them. */
  readonly failures: number;
  readonly retryAt: number | null;
  readonly errorCode: string | null;
  readonly blocked: Blocked | null;
  readonly blockedUntil: number | null;
  readonly newestDay: string | null;
  /** Series: instant of the newest row. */
  readonly newestAt: number | null;
  /** History: loaded without gap back to `reached`; null before the first load. */
  readonly reached: string | null;
  /** How often a sync of the ring brought something new of this family: syncs read after, and hits; older ones count less. */
  readonly share: { readonly syncs: number; readonly hits: number };
  /** Rows of a series have hinted at something new here; epoch ms. */
  readonly hintAt: number | null;
  /** From then on it is to be read once, whatever else says; epoch ms. */
  readonly wantedAt: number | null;
  /** Local day on which the last weeks were compared last. */
  readonly reconciledDay: string | null;
  /** Webhook events cover this family at present. */
  readonly covered: boolean;
}

/** Requests of one local day. */
export interface DayUse {
  readonly day: string;
  /** Questions whether the ring has synced. */
  readonly probes: number;
  /** All others but history. */
  readonly reads: number;
}

/** Everything a plan depends on besides the time. */
export interface PlannerState {
  readonly families: Readonly<Partial<Record<EndpointKey, FamilyState>>>;
  /** IANA zone or `UTC+2` form of the person. */
  readonly zone: string;
  /** Slowest poll in waking hours. */
  readonly intervalMs: number;
  /** First day wanted; history below it is not fetched. */
  readonly historyFrom: string;
  /** false while a person stopped the backfill */
  readonly historyRuns: boolean;
  /** Requests that may still be sent today, for fresh data and for history. */
  readonly budget: { readonly limit: number; readonly fresh: number; readonly history: number; readonly resetAt: number };
  /** Nothing is sent before (rate limit, open circuit, sign-in missing). */
  readonly pausedUntil: number | null;
  /** Syncs of the ring that were seen, oldest first, and when it was last possible to see one (epoch ms, null = never). */
  readonly sightings: readonly Sighting[];
  readonly lookedAt: number | null;
  readonly rhythm: Rhythm;
  readonly waking: Waking;
  /** The last days, oldest first; today may be among them. */
  readonly usage: readonly DayUse[];
  /** What webhooks told and is not stored yet. */
  readonly events: readonly WaitingEvent[];
  readonly webhooks: WebhookHealth;
}

/** Some local days of a family, both ends included. */
export interface RangedFetch {
  readonly kind: 'first' | 'recent' | 'history' | 'reconcile';
  readonly endpoint: EndpointKey;
  readonly from: string;
  readonly to: string;
  /** `reconcile` of a series: every row of the days is read; else only its newest rows and its holes are. */
  readonly whole?: boolean;
}

/** One thing to ask Oura for. */
export type Fetch = RangedFetch | { readonly kind: 'document'; readonly endpoint: EndpointKey; readonly id: string };

/** What to fetch now, in order of importance, and when to plan again (epoch ms, always after now). */
export interface Plan {
  readonly fetches: readonly Fetch[];
  readonly nextAt: number;
}
