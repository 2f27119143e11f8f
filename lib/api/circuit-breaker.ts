import { LIMITS } from '../catalogue/limits';
import type { ErrorCodeName } from '../errors/error-codes';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import { isOutage } from './is-outage';

/** Numbers of the breaker; each defaults to LIMITS. */
export interface BreakerLimits {
  readonly breakerFailures: number;
  readonly breakerFirstPauseMs: number;
  readonly breakerMaxPauseMs: number;
}

/** Answers that show a service at work, whatever they say. */
const ALIVE: readonly ErrorCodeName[] = ['request_refused', 'not_found', 'scope_missing', 'membership_lapsed', 'body_unexpected'];
/** Network codes of a connection that never came about; it says nothing about one endpoint. */
const NO_CONNECTION = ['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'EHOSTDOWN', 'ENETUNREACH', 'ENETDOWN'];

/**
 * Stops asking for a while after many failures in a row. It opens only when they came from two endpoints at least or no connection
 * came about, so that one broken endpoint never blocks the others. After the pause one request is let through: success closes, failure
 * doubles the pause. If that failure may be its endpoint's own, a request of another endpoint gets one chance more at once.
 */
export class CircuitBreaker {
  readonly #clock: Clock;
  readonly #limits: BreakerLimits;
  readonly #failing = new Set<string>();
  #failures = 0;
  #noConnection = 0;
  /** 0 = closed */
  #pauseMs = 0;
  #until = 0;
  #trial = false;
  /** The endpoint whose trial failed; another one's may still be made. */
  #suspect: string | null = null;

  constructor(ports: { readonly clock: Clock; readonly limits?: Partial<BreakerLimits> }) {
    this.#clock = ports.clock;
    this.#limits = { ...LIMITS, ...ports.limits };
  }

  /** Epoch ms of the next try; null when requests pass. */
  get openUntil(): number | null {
    if (this.#pauseMs === 0) return null;
    const now = this.#clock.now();
    this.#until = Math.min(this.#until, now + this.#limits.breakerMaxPauseMs); // the clock may have been set back
    return this.#until > now ? this.#until : null;
  }

  /** @throws OuraError `circuit_open` when a request of this endpoint would not be let through now */
  check(endpoint: string): void {
    if (this.#pauseMs === 0) return;
    const open = this.openUntil;
    const another = this.#suspect !== null && this.#suspect !== endpoint;
    if (!this.#trial && (open === null || another)) return;
    const seconds = open === null ? 1 : Math.ceil((open - this.#clock.now()) / 1000); // a trial under way soon ends
    throw new OuraError('circuit_open', { seconds });
  }

  /**
   * Does the work unless the breaker is open, and learns from how it ends. Ends that say nothing about the service (aborted, not sent)
   * do not count.
   * @throws OuraError `circuit_open`, and whatever the work throws
   */
  async run<T>(endpoint: string, work: () => Promise<T>): Promise<T> {
    this.check(endpoint);
    const trial = this.#pauseMs > 0;
    if (trial) this.#trial = true;
    try {
      const result = await work();
      this.#close();
      return result;
    } catch (error) {
      if (isOutage(error)) this.#failed(endpoint, error, trial);
      else if (error instanceof OuraError && ALIVE.includes(error.code)) this.#close();
      throw error;
    } finally {
      if (trial) this.#trial = false;
    }
  }

  #close(): void {
    this.#failures = 0;
    this.#noConnection = 0;
    this.#failing.clear();
    this.#pauseMs = 0;
    this.#suspect = null;
  }

  #failed(endpoint: string, error: OuraError, trial: boolean): void {
    const general = error.code === 'unreachable' && NO_CONNECTION.includes(String(error.params['reason']));
    if (trial) {
      const another = this.#suspect !== null && this.#suspect !== endpoint;
      this.#suspect = general || another ? null : endpoint;
      this.#open(another ? this.#pauseMs : Math.min(this.#pauseMs * 2, this.#limits.breakerMaxPauseMs));
      return;
    }
    if (this.#pauseMs > 0) return; // sent before it opened
    this.#failures += 1;
    this.#noConnection = general ? this.#noConnection + 1 : 0;
    this.#failing.add(endpoint);
    const apart = this.#failures >= this.#limits.breakerFailures && this.#failing.size > 1;
    if (apart || this.#noConnection >= this.#limits.breakerFailures) this.#open(this.#limits.breakerFirstPauseMs);
  }

  #open(pauseMs: number): void {
    this.#pauseMs = pauseMs;
    this.#until = this.#clock.now() + pauseMs;
  }
}
