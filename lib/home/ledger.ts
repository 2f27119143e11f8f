import { z } from 'zod';
import type { Settings } from '../ports/settings';
import { COMPONENTS } from './entity';
import { sameMade } from './same-made';

const schema = z.object({
  /** `companion`: `place` is the id of the oura-home node; `mqtt`: of the broker's node. */
  transport: z.enum(['mqtt', 'companion']),
  place: z.string(),
  /** Discovery prefix; empty for the companion. */
  prefix: z.string(),
  slug: z.string(),
  component: z.enum(COMPONENTS),
  key: z.string(),
});

/** One entity that was made somewhere: enough to take it away again. */
export type Made = z.infer<typeof schema>;

const book = z.record(z.string(), z.array(z.unknown())).catch({});
const SETTING = 'entities';

/** What nodes have made in Home Assistant for one person, kept with the person: written before it is made, forgotten after it is gone. */
export class Ledger {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** @param owner id of the node */
  madeBy(owner: string): readonly Made[] {
    return (this.#load()[owner] ?? []).flatMap((entry) => {
      const { success, data } = schema.safeParse(entry);
      return success ? [data] : [];
    });
  }

  /** All nodes that have made anything. */
  get owners(): readonly string[] {
    return Object.keys(this.#load());
  }

  /** Writes down in other settings what these hold. */
  copyTo(settings: Settings): void {
    settings.save(SETTING, this.#load());
  }

  /** Whether a node other than the owner made the same entity. */
  isSharedBy(owner: string, made: Made): boolean {
    return this.owners.some((other) => other !== owner && this.madeBy(other).some((entry) => sameMade(entry, made)));
  }

  save(owner: string, made: readonly Made[]): void {
    const others = Object.entries(this.#load()).filter(([other]) => other !== owner);
    this.#settings.save(SETTING, Object.fromEntries(made.length === 0 ? others : [...others, [owner, made]]));
  }

  #load(): Readonly<Record<string, readonly unknown[]>> {
    return book.parse(this.#settings.load(SETTING));
  }
}
