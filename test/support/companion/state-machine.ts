import { isDeepStrictEqual } from 'node:util';
import type { HomeClient, HomeServer } from '../home-server';

export interface ShownEntity {
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

interface Watcher {
  readonly ids: ReadonlySet<string> | null;
  tell(event: unknown): void;
}

/** Home Assistant's states, with `get_states` and `subscribe_entities` over them. */
export class StateMachine {
  readonly #states = new Map<string, ShownEntity>();
  readonly #watchers = new Set<Watcher>();
  /** How often each entity changed: rows of the recorder. */
  readonly changes = new Map<string, number>();
  /** `<entity id>=<state>` in the order they came. */
  readonly history: string[] = [];

  constructor(server: HomeServer) {
    server.on('get_states', () => [...this.#states].map(([id, shown]) => ({ entity_id: id, ...shown })));
    server.on('subscribe_entities', ({ id, entity_ids: ids }, client) => {
      this.#watch(id, Array.isArray(ids) ? new Set(ids.map(String)) : null, client);
    });
  }

  get(id: string): ShownEntity | null {
    return this.#states.get(id) ?? null;
  }

  get ids(): readonly string[] {
    return [...this.#states.keys()];
  }

  /** Nothing happens when nothing changed, as in Home Assistant. */
  set(id: string, shown: ShownEntity): void {
    if (isDeepStrictEqual(this.#states.get(id), shown)) return;
    const isNew = !this.#states.has(id);
    this.#states.set(id, shown);
    this.changes.set(id, (this.changes.get(id) ?? 0) + 1);
    this.history.push(`${id}=${shown.state}`);
    const entry = { s: shown.state, a: shown.attributes };
    this.#tell(id, isNew ? { a: { [id]: entry } } : { c: { [id]: { '+': entry } } });
  }

  remove(id: string): void {
    if (this.#states.delete(id)) this.#tell(id, { r: [id] });
  }

  #watch(id: number, ids: ReadonlySet<string> | null, client: HomeClient): void {
    const watcher: Watcher = {
      ids,
      tell: (event) => {
        client.tell(id, event);
      },
    };
    this.#watchers.add(watcher);
    client.onEnd(id, () => this.#watchers.delete(watcher));
    const now = [...this.#states].filter(([each]) => ids === null || ids.has(each));
    setImmediate(() => {
      watcher.tell({ a: Object.fromEntries(now.map(([each, { state, attributes }]) => [each, { s: state, a: attributes }])) });
    }); // after the result, as Home Assistant does
  }

  #tell(id: string, event: unknown): void {
    for (const watcher of this.#watchers) if (watcher.ids === null || watcher.ids.has(id)) watcher.tell(event);
  }
}
