import type { EntityState } from '../home/entity';

/** What the entities of a node show, so that only what differs is told. */
export class ShownStates {
  readonly #states = new Map<string, { readonly state: EntityState; readonly text: string }>();

  /** Takes new states. @returns those that differ from what was shown */
  differing(states: readonly EntityState[]): readonly EntityState[] {
    return states.filter((state) => {
      const text = JSON.stringify(state);
      if (this.#states.get(state.key)?.text === text) return false;
      this.#states.set(state.key, { state, text });
      return true;
    });
  }

  get all(): readonly EntityState[] {
    return [...this.#states.values()].map(({ state }) => state);
  }

  /** Forgets what is shown no more. */
  keep(keys: ReadonlySet<string>): void {
    for (const key of [...this.#states.keys()]) if (!keys.has(key)) this.#states.delete(key);
  }
}
