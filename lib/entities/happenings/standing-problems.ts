import type { OuraError } from '../../errors/oura-error';
import type { AccountSession } from '../../sync/account-session';
import type { EngineEvent } from '../../sync/engine-events';
import type { Problem } from '../../sync/problem-list';
import type { ScopedSetting } from '../scoped-setting';
import { isDisproved, type Standing } from './is-disproved';

export interface StandingListener {
  /** Which problems it wants to hear of. */
  readonly wants: (error: OuraError) => boolean;
  /** A listener that throws hears it again. */
  readonly begun: (problem: Standing, error: OuraError) => void;
  readonly solved: (problem: Standing) => void;
}

/** What has happened when it is told, and does not stand. */
const PASSING_CODES: readonly string[] = ['document_invalid'];

/** The problems of an account that were told, over restarts: each begins once and is solved once, also while nobody ran. */
export class StandingProblems {
  readonly #session: AccountSession;
  readonly #standing: ScopedSetting<Standing[]>;
  readonly #listener: StandingListener;

  constructor(session: AccountSession, standing: ScopedSetting<Standing[]>, listener: StandingListener) {
    this.#session = session;
    this.#standing = standing;
    this.#listener = listener;
  }

  list(): readonly Standing[] {
    return this.#standing.load();
  }

  /** Tells what began before anybody listened. */
  begin(): void {
    for (const problem of this.#session.problems) this.#begun(problem);
  }

  hear(event: EngineEvent): void {
    if (event.type === 'problem') this.#begun(event);
    for (const one of this.list()) {
      if (!isDisproved(one, event, this.#session)) continue;
      this.#listener.solved(one);
      this.#standing.save(this.list().filter((other) => !isSame(one, other)));
    }
  }

  #begun({ error, endpoint }: Problem): void {
    const problem: Standing = { code: error.code, family: endpoint };
    if (!this.#listener.wants(error) || this.list().some((one) => isSame(one, problem))) return;
    this.#listener.begun(problem, error);
    if (!PASSING_CODES.includes(error.code)) this.#standing.save([...this.list(), problem]);
  }
}

function isSame(a: Standing, b: Standing): boolean {
  return a.code === b.code && a.family === b.family;
}
