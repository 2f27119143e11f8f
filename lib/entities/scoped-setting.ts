import { z } from 'zod';
import type { Settings } from '../ports/settings';

const record = z.record(z.string(), z.unknown()).catch({});

/** One value of a person's settings that exists once per scope (a Home Assistant, a node): kept under one key, apart from the others. */
export class ScopedSetting<T> {
  readonly #settings: Settings;
  readonly #name: string;
  readonly #scope: string;
  readonly #schema: z.ZodType<T>;

  /** @param schema answers what stands for "nothing yet" (`catch`) when what is kept makes no sense */
  constructor(settings: Settings, name: string, scope: string, schema: z.ZodType<T>) {
    this.#settings = settings;
    this.#name = name;
    this.#scope = scope;
    this.#schema = schema;
  }

  /** Scopes that keep something. */
  static scopes(settings: Settings, name: string): readonly string[] {
    return Object.keys(record.parse(settings.load(name)));
  }

  load(): T {
    return this.#schema.parse(this.#all()[this.#scope]);
  }

  /** What the other scopes keep. */
  others(): readonly T[] {
    return Object.entries(this.#all()).flatMap(([scope, value]) => (scope === this.#scope ? [] : [this.#schema.parse(value)]));
  }

  /** @param value undefined = nothing is kept any more */
  save(value: T | undefined): void {
    const others = Object.entries(this.#all()).filter(([scope]) => scope !== this.#scope);
    this.#settings.save(this.#name, Object.fromEntries(value === undefined ? others : [...others, [this.#scope, value]]));
  }

  #all(): Readonly<Record<string, unknown>> {
    return record.parse(this.#settings.load(this.#name));
  }
}
