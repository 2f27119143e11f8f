import * as z from 'zod';
import { COMPONENTS, type EntityDefinition } from '../home/entity';
import type { Settings } from '../ports/settings';
import { PLAIN } from './define';

const SETTING = 'further_entities';
const definition = z.object({
  key: z.string(),
  component: z.enum(COMPONENTS),
  name: z.string(),
  icon: z.string().nullable(),
  deviceClass: z.string().nullable(),
  stateClass: z.enum(['measurement', 'total', 'total_increasing']).nullable(),
  unit: z.string().nullable(),
  options: z.array(z.string()).nullable(),
});
const book = z.record(z.string(), z.array(z.unknown())).catch({});

/** Further entities that a node was told of, kept with the person: what they are, never what they show. */
export class CustomEntities {
  readonly #settings: Settings;
  readonly #owner: string;

  /** @param owner id of the node */
  constructor(settings: Settings, owner: string) {
    this.#settings = settings;
    this.#owner = owner;
  }

  get all(): readonly EntityDefinition[] {
    return (this.#load()[this.#owner] ?? []).flatMap((entry) => {
      const { success, data } = definition.safeParse(entry);
      return success ? [{ ...PLAIN, ...data, icon: data.icon as EntityDefinition['icon'] }] : []; // only `put` writes it
    });
  }

  find(key: string): EntityDefinition | null {
    return this.all.find((one) => one.key === key) ?? null;
  }

  put(one: EntityDefinition): void {
    this.#save([...this.all.filter(({ key }) => key !== one.key), one]);
  }

  delete(key: string): void {
    this.#save(this.all.filter((one) => one.key !== key));
  }

  /** The node is gone. */
  clear(): void {
    this.#save([]);
  }

  #save(all: readonly EntityDefinition[]): void {
    const others = Object.entries(this.#load()).filter(([owner]) => owner !== this.#owner);
    const own = all.map((one) => definition.parse(one));
    this.#settings.save(SETTING, Object.fromEntries(own.length === 0 ? others : [...others, [this.#owner, own]]));
  }

  #load(): Readonly<Record<string, readonly unknown[]>> {
    return book.parse(this.#settings.load(SETTING));
  }
}
