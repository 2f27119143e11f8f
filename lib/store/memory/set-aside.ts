import { LIMITS } from '../../catalogue/limits';
import type { SetAside, SetAsideDocument } from '../../ports/set-aside';
import { contentDigest } from '../content-digest';

interface Refused {
  readonly endpoint: string;
  readonly reason: string;
  readonly at: number;
  /** The body as JSON. */
  readonly text: string;
}

/** Refused documents in memory; the oldest goes when there are more than LIMITS.setAsideMax. */
export class MemorySetAside implements SetAside {
  /** In the order put, by endpoint and content. */
  readonly #refused = new Map<string, Refused>();

  put({ endpoint, reason, body, at }: SetAsideDocument): boolean {
    const key = `${endpoint} ${contentDigest(body)}`;
    if (this.#refused.has(key)) return false;
    const text = (JSON.stringify(body) as string | undefined) ?? 'null'; // as at run time
    this.#refused.set(key, { endpoint, reason, at, text });
    for (const oldest of this.#refused.keys()) {
      if (this.#refused.size <= LIMITS.setAsideMax) break;
      this.#refused.delete(oldest);
    }
    return true;
  }

  list(endpoint: string): readonly SetAsideDocument[] {
    return [...this.#refused.values()].filter((refused) => refused.endpoint === endpoint).map(shown);
  }

  count(): number {
    return this.#refused.size;
  }
}

function shown({ endpoint, reason, at, text }: Refused): SetAsideDocument {
  const body: unknown = JSON.parse(text);
  return { endpoint, reason, body, at };
}
