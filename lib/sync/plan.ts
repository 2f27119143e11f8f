import type { EndpointKey } from '../catalogue/endpoints';
import type { Reason } from '../catalogue/reasons';

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
  /** New documents seen by local weekday × hour (168 counts, Monday 00 first). */
  readonly arrivals: readonly number[];
  /** Webhook events cover this family at present. */
  readonly covered: boolean;
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
  readonly budget: { readonly fresh: number; readonly history: number; readonly resetAt: number };
  /** Nothing is sent before (rate limit, open circuit, sign-in missing). */
  readonly pausedUntil: number | null;
  /** When the ring was last seen to have synced, and the last probe. */
  readonly lastSyncSeenAt: number | null;
  readonly lastProbeAt: number | null;
}

/** One thing to ask Oura for. Days are inclusive. */
export type Fetch =
  | {
      readonly kind: 'first' | 'recent' | 'history' | 'reconcile';
      readonly endpoint: EndpointKey;
      readonly from: string;
      readonly to: string;
    }
  | { readonly kind: 'probe'; readonly endpoint: EndpointKey }
  | { readonly kind: 'document'; readonly endpoint: EndpointKey; readonly id: string };

/** What to fetch now, in order of importance, and when to plan again (epoch ms, always after now). */
export interface Plan {
  readonly fetches: readonly Fetch[];
  readonly nextAt: number;
}
