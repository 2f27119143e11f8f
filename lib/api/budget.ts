import * as z from 'zod';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { Settings } from '../ports/settings';
import type { Purpose } from './ask-options';

/** What was sent on one day. */
export interface BudgetDay {
  /** Local day, `YYYY-MM-DD`. */
  readonly day: string;
  readonly used: number;
  readonly limit: number;
  readonly byEndpoint: Readonly<Record<string, number>>;
  /** 24 counts by local hour. After a crash their sum may be less than `used`. */
  readonly byHour: readonly number[];
}

/** Ports and numbers of a budget. */
export interface BudgetOptions {
  /** Requests a day. */
  readonly limit: number;
  readonly settings: Settings;
  /** Where the count is kept in the settings. */
  readonly key: string;
  readonly clock: Clock;
  /** The person's local day and hour of an instant. */
  readonly localOf: (ms: number) => { readonly day: string; readonly hour: number };
}

/** Largest number of requests counted as used before they are. */
const BLOCK_MAX = 20;
const BLOCKS_PER_LIMIT = 50;

const HOURS = 24;
const NO_HOURS: readonly number[] = Array.from({ length: HOURS }, () => 0);
const count = z.number().int().nonnegative();
const kept = z.object({
  day: z.string(),
  used: count,
  byEndpoint: z.record(z.string(), count),
  byHour: z.array(count).length(HOURS).readonly().catch(NO_HOURS), // earlier versions counted no hours
});
type Count = z.infer<typeof kept>;

/**
 * Requests of one account on one local day; every try that is sent counts. The count survives a restart: a block is saved as used before
 * it is used, so that a crash may cost some requests of the day but never allows more of them.
 */
export class Budget {
  readonly #options: BudgetOptions;
  readonly #block: number;
  #count: Count;
  #saved: number;

  constructor(options: BudgetOptions) {
    this.#options = options;
    this.#block = Math.max(1, Math.min(BLOCK_MAX, Math.floor(options.limit / BLOCKS_PER_LIMIT)));
    const loaded = kept.safeParse(options.settings.load(options.key));
    this.#count = loaded.success ? loaded.data : freshCount('');
    this.#saved = this.#count.used;
  }

  get limit(): number {
    return this.#options.limit;
  }

  get used(): number {
    return this.#today().used;
  }

  /** Requests left today for fresh data. */
  get left(): number {
    return Math.max(0, this.limit - this.used);
  }

  /** Requests left today for one purpose; history leaves the last part to fresh data. */
  leftFor(purpose: Purpose): number {
    return Math.max(0, this.#limitFor(purpose) - this.used);
  }

  /** Today's counts for a status display. */
  today(): BudgetDay {
    const { day, used, byEndpoint, byHour } = this.#today();
    return { day, used, limit: this.limit, byEndpoint: { ...byEndpoint }, byHour: [...byHour] };
  }

  /**
   * Counts one request about to be sent. History leaves LIMITS.budgetReserve requests, or half of a small budget, to fresh data.
   * @throws OuraError `budget_spent`
   */
  take(purpose: Purpose, endpoint?: string): void {
    const limit = this.#limitFor(purpose);
    const { day, used, byEndpoint, byHour } = this.#today();
    if (used >= limit) throw new OuraError('budget_spent', { limit });
    const counts = endpoint === undefined ? byEndpoint : { ...byEndpoint, [endpoint]: (byEndpoint[endpoint] ?? 0) + 1 };
    const { hour } = this.#options.localOf(this.#options.clock.now());
    this.#count = { day, used: used + 1, byEndpoint: counts, byHour: byHour.with(hour, (byHour[hour] ?? 0) + 1) };
    if (this.#count.used > this.#saved) this.#save(Math.min(used + this.#block, Math.max(this.limit, used + 1)));
  }

  /** Saves the exact count. */
  flush(): void {
    const { used } = this.#today();
    if (used !== this.#saved) this.#save(used);
  }

  #limitFor(purpose: Purpose): number {
    return purpose === 'fresh' ? this.limit : this.limit - Math.ceil(Math.min(LIMITS.budgetReserve, this.limit / 2));
  }

  #save(used: number): void {
    this.#saved = used;
    this.#options.settings.save(this.#options.key, { ...this.#count, used });
  }

  #today(): Count {
    const { day } = this.#options.localOf(this.#options.clock.now());
    if (this.#count.day !== day) {
      this.#count = freshCount(day);
      this.#saved = 0;
    }
    return this.#count;
  }
}

function freshCount(day: string): Count {
  return { day, used: 0, byEndpoint: {}, byHour: NO_HOURS };
}
