import { LIMITS } from '../../catalogue/limits';
import type { Clock } from '../../ports/clock';
import type { EntityEvent } from '../entity';

/** Events that wait for somebody to hear them, but not longer than LIMITS.eventKeepMs. */
export class EventQueue {
  readonly #clock: Clock;
  #waiting: { readonly event: EntityEvent; readonly at: number }[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get isEmpty(): boolean {
    this.#drop();
    return this.#waiting.length === 0;
  }

  add(event: EntityEvent): void {
    this.#drop();
    this.#waiting.push({ event, at: this.#clock.now() });
  }

  /** @returns the events that are not too old, oldest first; they are not kept */
  take(): readonly EntityEvent[] {
    this.#drop();
    return this.#waiting.splice(0).map(({ event }) => event);
  }

  #drop(): void {
    const oldest = this.#clock.now() - LIMITS.eventKeepMs;
    this.#waiting = this.#waiting.filter(({ at }) => at >= oldest);
  }
}
