import * as z from 'zod';
import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import type { FamilyState } from './plan';
import type { StoreKeeper } from './store-keeper';

const instant = z.number().nullable();
const NO_SHARE: FamilyState['share'] = { syncs: 0, hits: 0 };

/** The part of a family's state that outlives a restart. */
const persisted = z.object({
  lastAttemptAt: instant,
  lastSuccessAt: instant,
  lastChangeAt: instant,
  newestDay: z.string().nullable(),
  newestAt: instant,
  reached: z.string().nullable(),
  share: z.object({ syncs: z.number(), hits: z.number() }).catch(NO_SHARE),
  reconciledDay: z.string().nullable().catch(null),
});

const FRESH: FamilyState = {
  enabled: true,
  inFlight: false,
  lastAttemptAt: null,
  lastSuccessAt: null,
  lastChangeAt: null,
  failures: 0,
  retryAt: null,
  errorCode: null,
  blocked: null,
  blockedUntil: null,
  newestDay: null,
  newestAt: null,
  reached: null,
  share: NO_SHARE,
  hintAt: null,
  wantedAt: null,
  reconciledDay: null,
  covered: false,
};

/**
 * The families' states: in memory, and what must survive in SyncState under `family:<endpoint>`. Failures and blocks start anew with the
 * process.
 */
export class FamilyBook {
  readonly #states = new Map<EndpointKey, FamilyState>();
  readonly #keeper: StoreKeeper;

  constructor(keeper: StoreKeeper, isEnabled: (endpoint: EndpointKey) => boolean) {
    this.#keeper = keeper;
    for (const endpoint of ENDPOINT_KEYS) {
      const saved = persisted.safeParse(keeper.current.state.load(`family:${endpoint}`));
      this.#states.set(endpoint, { ...FRESH, ...(saved.success ? saved.data : {}), enabled: isEnabled(endpoint) });
    }
  }

  /** The state of a family nobody has asked about yet. */
  static fresh(enabled: boolean): FamilyState {
    return { ...FRESH, enabled };
  }

  get(endpoint: EndpointKey): FamilyState {
    return this.#states.get(endpoint) ?? FRESH;
  }

  all(): Readonly<Partial<Record<EndpointKey, FamilyState>>> {
    return Object.fromEntries(this.#states);
  }

  /** Everything is to be read once: nobody watched for a while. */
  want(now: number): void {
    for (const endpoint of this.#states.keys()) this.update(endpoint, { wantedAt: now });
  }

  /** Oura answers again: nobody rests any longer for what failed meanwhile. */
  resume(): void {
    for (const endpoint of this.#states.keys()) this.update(endpoint, { retryAt: null });
  }

  /** There is a new sign-in: all may be read anew, also families that a permission or a membership was missing for. */
  unblock(now: number): void {
    for (const [endpoint, { blocked }] of this.#states) {
      const isFreed = blocked === 'no_scope' || blocked === 'no_membership';
      this.update(endpoint, { wantedAt: now, ...(isFreed && { blocked: null, blockedUntil: null, failures: 0 }) });
    }
  }

  /** Notes which families webhooks tell of. */
  cover(endpoints: ReadonlySet<EndpointKey>): void {
    for (const endpoint of ENDPOINT_KEYS) this.update(endpoint, { covered: endpoints.has(endpoint) });
  }

  /** Changes a family's state; persists it when a lasting part is among the changes. */
  update(endpoint: EndpointKey, changes: Partial<FamilyState>): void {
    const state = { ...this.get(endpoint), ...changes };
    this.#states.set(endpoint, state);
    if (!Object.keys(changes).some((key) => key in persisted.shape)) return;
    this.#keeper.write((store) => {
      store.state.save(`family:${endpoint}`, persisted.parse(state));
    });
  }
}
