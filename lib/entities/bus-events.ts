import { LIMITS } from '../catalogue/limits';
import { toOuraError } from '../errors/to-oura-error';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import type { Logger } from '../ports/logger';

interface Waiting {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
  readonly at: number;
}

/**
 * Fires events on Home Assistant's bus, in order. While it is away they wait, LIMITS.eventKeepMs at most; an administrator's token is
 * needed.
 */
export class BusEvents {
  readonly #home: HomeAssistant;
  readonly #clock: Clock;
  readonly #logger: Logger;
  #waiting: readonly Waiting[] = [];
  #isSending = false;
  #hasFailed = false;
  #lost = 0;
  #ending: AbortController | null = null;

  constructor(home: HomeAssistant, clock: Clock, logger: Logger) {
    this.#home = home;
    this.#clock = clock;
    this.#logger = logger;
  }

  /** Events that never reached Home Assistant. */
  get lost(): number {
    return this.#lost;
  }

  /** @returns ends it; what waits is given up */
  start(): () => void {
    const ending = new AbortController();
    this.#ending = ending;
    const unsubscribe = this.#home.onFacts(() => void this.#send(ending.signal)); // reports its own failure
    return () => {
      unsubscribe();
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
      this.#ending = null;
      this.#waiting = [];
    };
  }

  fire(type: string, data: Readonly<Record<string, unknown>>): void {
    if (this.#ending === null) return;
    this.#keep([...this.#waiting, { type, data, at: this.#clock.now() }].slice(-LIMITS.eventsWaiting));
    void this.#send(this.#ending.signal); // reports its own failure
  }

  async #send(signal: AbortSignal): Promise<void> {
    if (this.#isSending) return;
    this.#isSending = true;
    try {
      for (let next = this.#next(); next !== null && !signal.aborted; next = this.#next()) {
        if (!(await this.#sendOne(next, signal))) return;
        this.#waiting = this.#waiting.filter((one) => one !== next);
      }
    } finally {
      this.#isSending = false;
    }
  }

  /** The one to send now; null = none, or nobody can take it. */
  #next(): Waiting | null {
    this.#keep(this.#waiting);
    const [next] = this.#waiting;
    if (next === undefined || this.#home.facts === null) return null;
    if (this.#home.facts.isAdmin) return next;
    this.#failed(new OuraError('home_not_admin'));
    return null;
  }

  /** @returns whether it is done with; false = it waits for Home Assistant to come back */
  async #sendOne({ type, data }: Waiting, signal: AbortSignal): Promise<boolean> {
    try {
      await this.#home.call({ type: 'fire_event', event_type: type, event_data: data }, signal);
      if (this.#hasFailed) this.#logger.info('Events reach Home Assistant again.');
      this.#hasFailed = false;
      return true;
    } catch (cause) {
      const error = toOuraError(cause);
      if (signal.aborted || error.code === 'home_away') return false;
      this.#lost += 1; // timed out: it may have been fired, and must not be fired twice
      this.#failed(error);
      return true;
    }
  }

  #failed(error: OuraError): void {
    if (!this.#hasFailed) this.#logger.warn(`Events do not reach Home Assistant: ${error.message}`);
    this.#hasFailed = true;
  }

  #keep(waiting: readonly Waiting[]): void {
    const now = this.#clock.now();
    const kept = waiting.filter(({ at }) => now - at <= LIMITS.eventKeepMs);
    this.#lost += waiting.length - kept.length;
    this.#waiting = kept;
  }
}
