import { endpointOf } from '../../lib/catalogue/endpoints';
import type { Change } from '../../lib/ports/change-log';
import type { PersonStore } from '../../lib/ports/person-store';
import type { CloudChange } from './cloud-changes';

const READ_AT_ONCE = 500;

/** Notes when the store first had each version and each batch of rows, or a newer version. */
export class Watch {
  readonly #changes: readonly CloudChange[];
  readonly #seenAt: (number | null)[];
  readonly #versions = new Map<string, number[]>();
  readonly #batchOf = new Map<string, number>();
  readonly #missing = new Map<number, number>();
  #read = 0;
  /** Documents stored that the cloud never showed. */
  unknown = 0;

  constructor(changes: readonly CloudChange[]) {
    this.#changes = changes;
    this.#seenAt = changes.map(() => null);
    changes.forEach(({ endpoint, id, times }, index) => {
      if (id !== null) {
        const key = `${endpoint} ${id}`;
        this.#versions.set(key, [...(this.#versions.get(key) ?? []), index]);
      }
      for (const time of times) this.#batchOf.set(`${endpoint} ${time}`, index);
      this.#missing.set(index, times.length);
    });
  }

  /** By the index of the change; null = not yet. */
  get seenAt(): readonly (number | null)[] {
    return this.#seenAt;
  }

  /** Looks at what has been stored since the last look. */
  look(store: PersonStore, now: number): void {
    if (store.changes.head() <= this.#read) return;
    for (let entries = this.#next(store); entries.length > 0; entries = this.#next(store)) {
      for (const entry of entries) this.#note(store, entry, now);
      this.#read = entries.at(-1)?.seq ?? this.#read;
    }
  }

  #next(store: PersonStore): readonly Change[] {
    return store.changes.read({ after: this.#read, limit: READ_AT_ONCE });
  }

  #note(store: PersonStore, entry: Change, now: number): void {
    if (entry.id !== null) this.#noteVersion(entry, now);
    else if (endpointOf(entry.endpoint as CloudChange['endpoint']).kind === 'series') this.#noteRows(store, entry, now);
  }

  #noteVersion({ endpoint, id, body, historic }: Change, now: number): void {
    const versions = this.#versions.get(`${endpoint} ${id ?? ''}`);
    if (versions === undefined) return;
    const text = body === null ? null : JSON.stringify(body);
    const stored = versions.findLastIndex((index) => {
      const version = this.#changes[index];
      return version !== undefined && version.at <= now && version.text === text;
    });
    if (stored < 0 && !historic) this.unknown += 1;
    for (const index of versions.slice(0, stored + 1)) this.#seenAt[index] ??= now;
  }

  #noteRows(store: PersonStore, { endpoint, seq }: Change, now: number): void {
    for (const time of new Set(store.series.changedRows(seq).map((row) => row.time))) {
      const index = this.#batchOf.get(`${endpoint} ${time}`);
      if (index === undefined) continue;
      const missing = (this.#missing.get(index) ?? 0) - 1;
      this.#missing.set(index, missing);
      if (missing <= 0) this.#seenAt[index] ??= now;
    }
  }
}
