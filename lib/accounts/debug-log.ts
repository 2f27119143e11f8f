import { LIMITS } from '../catalogue/limits';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';

/**
 * A logger of one account whose debug lines can be raised to info for LIMITS.debugLogMs, because Node-RED shows info and hides debug. It
 * ends by itself, by the clock.
 */
export class DebugLog implements Logger {
  readonly #logger: Logger;
  readonly #clock: Clock;
  #since: number | null = null;

  /** @param clock the machine's */
  constructor(logger: Logger, clock: Clock) {
    this.#logger = logger;
    this.#clock = clock;
  }

  /** Epoch ms at which it ends; null = it does not run. */
  get until(): number | null {
    if (this.#since === null) return null;
    const passed = this.#clock.now() - this.#since;
    if (passed >= 0 && passed < LIMITS.debugLogMs) return this.#since + LIMITS.debugLogMs; // below 0: the clock was set back
    this.#since = null;
    return null;
  }

  /** Begins the hour anew, or ends it. */
  turn(on: boolean): void {
    this.#since = on ? this.#clock.now() : null;
  }

  error(message: string): void {
    this.#logger.error(message);
  }

  warn(message: string): void {
    this.#logger.warn(message);
  }

  info(message: string): void {
    this.#logger.info(message);
  }

  debug(message: string): void {
    if (this.until === null) this.#logger.debug(message);
    else this.#logger.info(message);
  }
}
