import type { Subscribers } from '../async/subscribers';
import { LIMITS } from '../catalogue/limits';
import type { Clock } from '../ports/clock';
import type { EngineEvent } from '../sync/engine-events';
import type { PastProblem } from './account-facts';

/** Remembers the last problems of one account, across its sessions, as long as the process lives. */
export class ProblemHistory {
  readonly #clock: Clock;
  #past: readonly PastProblem[] = [];

  /** @param clock the machine's: also a demo's problems come at real instants */
  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Hears a session's events. @returns ends it */
  watch(events: Subscribers<EngineEvent>): () => void {
    return events.add((event) => {
      if (event.type === 'problem') this.#add({ at: this.#clock.now(), error: event.error, endpoint: event.endpoint, solvedAt: null });
      if (event.type === 'solved') this.#solve(event.code, event.endpoint);
    });
  }

  /** Newest last, at most LIMITS.pastProblemsMax. */
  list(): readonly PastProblem[] {
    return this.#past;
  }

  #add(problem: PastProblem): void {
    this.#past = [...this.#past, problem].slice(-LIMITS.pastProblemsMax);
  }

  #solve(code: string, endpoint: PastProblem['endpoint']): void {
    const solvedAt = this.#clock.now();
    this.#past = this.#past.map((one) =>
      one.solvedAt === null && one.error.code === code && one.endpoint === endpoint ? { ...one, solvedAt } : one,
    );
  }
}
