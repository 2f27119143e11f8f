import * as z from 'zod';
import type { Settings } from '../ports/settings';

const schema = z.object({
  /** The change log up to which Home Assistant has everything; null = all of it has to be compared anew. */
  seq: z.number().nullable(),
  /** The first day that has a value, and the last day that was compared; null = none so far. */
  first: z.string().nullable(),
  through: z.string().nullable(),
  /** What it was imported with: another one means to look at all of it again. */
  zone: z.string(),
  start: z.string(),
  name: z.string(),
});

/** What is known of one statistic in one Home Assistant. It holds no value. */
export type Imported = z.infer<typeof schema>;

const owned = z.object({
  /** A person had them removed: nothing is imported until it is asked for again. */
  isOff: z.boolean().catch(false),
  /** By id of the oura-home node, then by id of the statistic. */
  homes: z.record(z.string(), z.record(z.string(), schema)).catch({}),
});
const book = z.object({
  /** Zone that the hours of statistics are counted in, once chosen: a journey moves no history. */
  zone: z.string().nullable().catch(null),
  owners: z.record(z.string(), owned).catch({}),
});
const SETTING = 'statistics';

type Book = z.infer<typeof book>;
type Owned = z.infer<typeof owned>;
type OfHome = Readonly<Record<string, Imported>>;

/** Which statistics nodes have made for one person, and how far each has come; kept with the person, written before they are made. */
export class StatisticsLedger {
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  get zone(): string | null {
    return this.#load().zone;
  }

  saveZone(zone: string): void {
    this.#settings.save(SETTING, { ...this.#load(), zone });
  }

  /** Ids of all nodes that have made anything or were told not to. */
  get owners(): readonly string[] {
    return Object.keys(this.#load().owners);
  }

  /** Ids of the oura-home nodes that a node has made statistics with. */
  homesOf(owner: string): readonly string[] {
    return Object.keys(this.#owned(owner).homes);
  }

  isOff(owner: string): boolean {
    return this.#owned(owner).isOff;
  }

  turnOff(owner: string, isOff: boolean): void {
    if (this.isOff(owner) !== isOff) this.#saveOwned(owner, { ...this.#owned(owner), isOff });
  }

  /** By id of the statistic. */
  madeBy(owner: string, home: string): OfHome {
    return this.#owned(owner).homes[home] ?? {};
  }

  /** Adds or replaces what is known of some statistics. */
  save(owner: string, home: string, made: OfHome): void {
    this.#saveHome(owner, home, { ...this.madeBy(owner, home), ...made });
  }

  forget(owner: string, home: string, ids: readonly string[]): void {
    const left = Object.entries(this.madeBy(owner, home)).filter(([id]) => !ids.includes(id));
    this.#saveHome(owner, home, Object.fromEntries(left));
  }

  /** A node that is gone and has made nothing any more. */
  forgetOwner(owner: string): void {
    const { owners, ...rest } = this.#load();
    this.#settings.save(SETTING, { ...rest, owners: without(owners, owner) });
  }

  /** Whether another node keeps the same statistic in the same Home Assistant. */
  isShared(owner: string, home: string, id: string): boolean {
    return this.owners.some((other) => other !== owner && id in this.madeBy(other, home));
  }

  #saveHome(owner: string, home: string, made: OfHome): void {
    const before = this.#owned(owner);
    const homes = Object.keys(made).length === 0 ? without(before.homes, home) : { ...before.homes, [home]: { ...made } };
    this.#saveOwned(owner, { ...before, homes });
  }

  #saveOwned(owner: string, value: Owned): void {
    const all = this.#load();
    this.#settings.save(SETTING, { ...all, owners: { ...all.owners, [owner]: value } });
  }

  #owned(owner: string): Owned {
    return this.#load().owners[owner] ?? { isOff: false, homes: {} };
  }

  #load(): Book {
    return book.catch({ zone: null, owners: {} }).parse(this.#settings.load(SETTING));
  }
}

function without<V>(record: Readonly<Record<string, V>>, key: string): Record<string, V> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key));
}
