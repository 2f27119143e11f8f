import { HomeAssistantSocket } from '../../test/e2e/support/home-assistant-socket';
import type { RealHomeAssistant } from '../../test/e2e/support/real-home-assistant';

interface StateChanged {
  readonly data: { readonly entity_id: string; readonly old_state: object | null };
}

/** Entities that Home Assistant has got, by its own events. */
export class Appearances {
  readonly #socket: HomeAssistantSocket;
  readonly #ids = new Set<string>();
  #lastAt = 0;

  private constructor(socket: HomeAssistantSocket) {
    this.#socket = socket;
  }

  /** From now on. @param pattern which entity ids count */
  static async watch({ url, token }: RealHomeAssistant, pattern: RegExp): Promise<Appearances> {
    const socket = await HomeAssistantSocket.connect(url, token);
    const appearances = new Appearances(socket);
    await socket.subscribe({ type: 'subscribe_events', event_type: 'state_changed' }, (event) => {
      const { data } = event as StateChanged; // Home Assistant's documented shape
      if (data.old_state === null && pattern.test(data.entity_id)) appearances.#note(data.entity_id);
    });
    return appearances;
  }

  get count(): number {
    return this.#ids.size;
  }

  /** When the last of them came, in ms of `performance.now()`. */
  get lastAt(): number {
    return this.#lastAt;
  }

  close(): void {
    this.#socket.close();
  }

  #note(id: string): void {
    this.#ids.add(id);
    this.#lastAt = performance.now();
  }
}
