import type { EntityState } from '../../lib/home/entity';
import { HomeAssistantSocket } from '../../test/e2e/support/home-assistant-socket';
import { isShown } from '../../test/e2e/support/is-shown';
import type { RealHomeAssistant } from '../../test/e2e/support/real-home-assistant';

interface StateChanged {
  readonly data: { readonly entity_id: string; readonly new_state: { readonly state: string } | null };
}

interface Waiting {
  /** What is to be seen yet, by entity id. */
  readonly missing: Map<string, EntityState['state']>;
  readonly seen: () => void;
}

const PATIENCE_MS = 60_000;

/** Home Assistant's own `state_changed` events, on a connection that hears nothing else. */
export class StateChanges {
  readonly #socket: HomeAssistantSocket;
  #waiting: Waiting | null = null;

  private constructor(socket: HomeAssistantSocket) {
    this.#socket = socket;
  }

  static async open({ url, token }: RealHomeAssistant): Promise<StateChanges> {
    const socket = await HomeAssistantSocket.connect(url, token);
    const changes = new StateChanges(socket);
    await socket.subscribe({ type: 'subscribe_events', event_type: 'state_changed' }, (event) => {
      changes.#hear(event as StateChanged); // Home Assistant's documented shape
    });
    return changes;
  }

  /** Waits for changes that have not come yet. @returns when the last of them came, in ms of `performance.now()` */
  until(wanted: ReadonlyMap<string, EntityState['state']>): Promise<number> {
    const missing = new Map(wanted);
    return new Promise((resolve, reject) => {
      const impatience = setTimeout(() => {
        reject(new Error(`Home Assistant does not show ${[...missing.keys()].slice(0, 5).join(', ')}`));
      }, PATIENCE_MS);
      const seen = (): void => {
        clearTimeout(impatience);
        this.#waiting = null;
        resolve(performance.now());
      };
      this.#waiting = { missing, seen };
    });
  }

  close(): void {
    this.#socket.close();
  }

  #hear({ data: { entity_id: id, new_state: state } }: StateChanged): void {
    const wanted = this.#waiting?.missing.get(id);
    if (this.#waiting === null || wanted === undefined || state === null || !isShown(state.state, wanted)) return;
    this.#waiting.missing.delete(id);
    if (this.#waiting.missing.size === 0) this.#waiting.seen();
  }
}
