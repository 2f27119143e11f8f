import * as z from 'zod';
import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import type { FamilyState } from './plan';
import type { StoreKeeper } from './store-keeper';

const HOURS_A_WEEK = 168;
const instant = z.number().nullable();

/** The part of a family's state that outlives a restart. */
const persisted = z.object({
  lastAttemptAt: instant,
  lastSuccessAt: instant,
  lastChangeAt: instant,
  newestDay: z.string().nullable(),
  newestAt: instant,
  reached: z.string().nullable(),
  arrivals: z.array(z.number()).length(HOURS_A_WEEK),
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
  arrivals: Array.from({ length: HOURS_A_WEEK }, () => 0),
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

  /** Families that a permission or a membership was missing for are tried again. */
  unblock(): void {
    for (const [endpoint, { blocked }] of this.#states) {
      if (blocked === 'no_scope' || blocked === 'no_membership') this.update(endpoint, { blocked: null, blockedUntil: null, failures: 0 });
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
