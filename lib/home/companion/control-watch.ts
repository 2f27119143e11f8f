import type { HomeAssistant } from '../../ports/home-assistant';

interface Listeners {
  /** Hears the key of what has become unavailable. */
  readonly onLost: (key: string) => void;
  /** Hears the key of what is not there under its id any more: renamed, disabled or removed. */
  readonly onGone: (key: string) => void;
}

/**
 * Notices when controls become unavailable though we are there: the end of an earlier connection, which Home Assistant may notice after
 * the new one has begun, and the end of another node's subscription do that.
 */
export class ControlWatch {
  readonly #homeAssistant: HomeAssistant;
  readonly #listeners: Listeners;
  #followed = '';
  #end: () => void = () => undefined;

  constructor(homeAssistant: HomeAssistant, listeners: Listeners) {
    this.#homeAssistant = homeAssistant;
    this.#listeners = listeners;
  }

  /**
   * @param keys by entity id
   * @throws OuraError home_away, home_refused, timed_out
   */
  async follow(keys: ReadonlyMap<string, string>, signal: AbortSignal): Promise<void> {
    const followed = JSON.stringify([...keys]);
    if (followed === this.#followed) return;
    this.close();
    if (keys.size > 0) {
      const tell = (ids: readonly string[], listener: (key: string) => void): void => {
        const known = ids.map((id) => keys.get(id)).filter((key) => key !== undefined);
        if (!signal.aborted) for (const key of known) listener(key);
      };
      const hear = (event: unknown): void => {
        tell(unavailableIn(event), this.#listeners.onLost);
        tell(removedIn(event), this.#listeners.onGone);
      };
      const end = await this.#homeAssistant.subscribe({ type: 'subscribe_entities', entity_ids: [...keys.keys()] }, hear, 'socket');
      if (signal.aborted) end();
      signal.throwIfAborted();
      this.#end = end;
    }
    this.#followed = followed;
  }

  close(): void {
    this.#end();
    this.#end = () => undefined;
    this.#followed = '';
  }
}

/** Of an event of `subscribe_entities`: added and changed entities, whose state is `s`. */
function unavailableIn(event: unknown): readonly string[] {
  const { a, c } = recordOf(event);
  const added = Object.entries(recordOf(a)).map(([id, entity]) => ({ id, state: recordOf(entity)['s'] }));
  const changed = Object.entries(recordOf(c)).map(([id, change]) => ({ id, state: recordOf(recordOf(change)['+'])['s'] }));
  return [...added, ...changed].flatMap(({ id, state }) => (state === 'unavailable' ? [id] : []));
}

/** Of an event of `subscribe_entities`: ids that are not there any more. */
function removedIn(event: unknown): readonly string[] {
  const { r } = recordOf(event);
  return Array.isArray(r) ? r.filter((id) => typeof id === 'string') : [];
}

function recordOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>) : {}; // its fields are checked
}
