import type { SyncState } from '../ports/sync-state';

/** JSON values by key, kept as text: what is handed in or out is a copy. Serves as SyncState and as Settings of memory. */
export class JsonValues implements SyncState {
  readonly #texts = new Map<string, string>();

  /** @returns undefined for a key never saved */
  load(key: string): unknown {
    const text = this.#texts.get(key);
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** @param value undefined forgets the key. @returns false when the same value was there already */
  save(key: string, value: unknown): boolean {
    const text = JSON.stringify(value) as string | undefined; // as at run time
    if (text === this.#texts.get(key)) return false;
    if (text === undefined) this.#texts.delete(key);
    else this.#texts.set(key, text);
    return true;
  }

  keys(): readonly string[] {
    return [...this.#texts.keys()].toSorted();
  }

  /** All of it as one JSON object, a line per key. */
  toText(): string {
    const lines = [...this.#texts].map(([key, text]) => `  ${JSON.stringify(key)}: ${text}`);
    return lines.length === 0 ? '{}\n' : `{\n${lines.join(',\n')}\n}\n`;
  }
}
