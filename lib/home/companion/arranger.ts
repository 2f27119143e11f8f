import { LIMITS } from '../../catalogue/limits';
import type { Clock } from '../../ports/clock';
import type { HomeAssistant } from '../../ports/home-assistant';
import type { EntityDefinition, PersonDevice } from '../entity';
import type { Ledger, Made } from '../ledger';
import { sameMade } from '../same-made';
import { arrange, isKept, objectIdOf, type Place, type Records, type Wishes } from './arrange';
import { CompanionRegistry } from './companion-registry';
import { inChunks } from './in-chunks';
import type { RegistryEntry } from './registry-entries';

export interface ArrangerOptions {
  /** Id of the node. */
  readonly owner: string;
  /** Id of the oura-home node. */
  readonly place: string;
  readonly personId: string;
}

interface Ports {
  readonly homeAssistant: HomeAssistant;
  readonly clock: Clock;
  readonly ledger: Ledger;
}

type Places = ReadonlyMap<string, Place>;

interface Seen {
  readonly places: Places;
  readonly entries: readonly RegistryEntry[];
  /** Of the entries. */
  readonly gone: readonly RegistryEntry[];
}

/** Keeps the registry and the ledger in step with what one node wants. */
export class Arranger {
  readonly #ledger: Ledger;
  readonly #clock: Clock;
  readonly #registry: CompanionRegistry;
  readonly #options: ArrangerOptions;
  /** Highest node id of a key that the companion knows and does not make again, see `nodeIdOf`. */
  readonly #spent = new Map<string, number>();

  constructor({ homeAssistant, clock, ledger }: Ports, options: ArrangerOptions) {
    this.#ledger = ledger;
    this.#clock = clock;
    this.#registry = new CompanionRegistry(homeAssistant, options.personId);
    this.#options = options;
  }

  /** The companion was loaded anew: every node id can be made again. */
  renew(): void {
    this.#spent.clear();
  }

  /**
   * Writes wishes in the ledger, next to what is there. Done as soon as they are made, before anything is asked: another node that is
   * about to take an entity away sees that it is wanted here.
   */
  note(wishes: Wishes): void {
    const wanted = this.#madeOf(wishes);
    this.#save([...this.#own().filter((made) => !wanted.some((one) => sameMade(one, made))), ...wanted]);
  }

  /**
   * Takes away what is not wanted any more and moves what has an old id; the rest is not made yet.
   * @param beforeRemoval hears the keys of what goes
   * @returns where the wanted entities are
   * @throws OuraError home_away, home_refused, timed_out; the signal's reason
   */
  async arrange(wishes: Wishes, signal: AbortSignal, beforeRemoval: (keys: readonly string[]) => void): Promise<Places> {
    const own = this.#own();
    const entries = await this.#registry.entries(signal);
    const records = this.#records(own);
    const { gone, places, renames } = arrange(entries, wishes, records, this.#spent);
    beforeRemoval(gone.map(({ key }) => key));
    await this.#remove(gone, own, signal);
    for (const { entry, entityId } of renames) await this.#registry.rename(entry, entityId, signal);
    const wanted = this.#madeOf(wishes);
    this.#save(wanted);
    const seen =
      records.anywhere.length > 0 || renames.length > 0 ? await this.#lookAgain(wishes, places, own, signal) : { places, gone, entries };
    const isEmpty = wanted.length === 0 && seen.entries.length === seen.gone.length && this.#records(own).anywhere.length === 0;
    if (isEmpty && (entries.length > 0 || own.length > 0)) await this.#registry.removeDevice(signal);
    return seen.places;
  }

  /**
   * Another node may have dropped the same entity at the same time, each leaving it to the other: whoever writes the ledger last takes it
   * away. It may also have given an entity its new id.
   */
  async #lookAgain(wishes: Wishes, places: Places, own: readonly Made[], signal: AbortSignal): Promise<Seen> {
    const entries = await this.#registry.entries(signal);
    const { gone } = arrange(entries, wishes, this.#records(own), this.#spent);
    await this.#remove(gone, own, signal);
    const again = ({ key, component, count }: RegistryEntry): RegistryEntry | null =>
      entries.find((one) => one.key === key && one.component === component && one.count === count) ?? null;
    const now = new Map([...places].map(([key, { count, entry }]) => [key, { count, entry: entry === null ? null : again(entry) }]));
    return { places: now, gone, entries };
  }

  async #remove(gone: readonly RegistryEntry[], own: readonly Made[], signal: AbortSignal): Promise<void> {
    await inChunks(gone, LIMITS.companionConcurrency, async (entry) => {
      if (isKept(entry, this.#records(own))) return; // by another node, since a moment
      await this.#registry.remove(entry, signal);
      this.#spend(entry.key, entry.count);
    });
  }

  /**
   * Looks what has become of entities that were new: Home Assistant says yes also to what it does not make. Finishes also what was made
   * before a connection was lost.
   * @param told keys of those that were sent
   * @returns where they are; those without an entry were not made, and have to be told from the beginning
   */
  async verify(places: Places, told: readonly string[], wishes: Wishes, signal: AbortSignal): Promise<Places> {
    const isNew = (key: string): boolean => places.get(key)?.entry === null && told.includes(key);
    const fresh = wishes.definitions.filter(({ key }) => isNew(key));
    const { device } = wishes;
    const found = new Map(places);
    for (const definition of wishes.definitions) {
      const place = places.get(definition.key);
      if (place !== undefined && place.entry !== null)
        found.set(definition.key, { ...place, entry: await this.#setPrecision(place.entry, definition, signal) });
    }
    if (fresh.length === 0 || device === null) return found;
    const entryOf = ({ key, component }: EntityDefinition, entries: readonly RegistryEntry[]): RegistryEntry | null =>
      entries.find((one) => one.key === key && one.component === component && one.count === places.get(key)?.count) ?? null;
    let entries = await this.#registry.entries(signal);
    if (fresh.some((definition) => entryOf(definition, entries) === null)) {
      await this.#clock.delay(LIMITS.companionMakesMs, signal); // an entity may appear a little later than the answer
      entries = await this.#registry.entries(signal);
    }
    for (const definition of fresh) {
      const { key } = definition;
      const count = places.get(key)?.count ?? 1;
      const entry = entryOf(definition, entries);
      if (entry !== null) found.set(key, { count, entry: await this.#finish(entry, definition, device, signal) });
      else {
        this.#spend(key, count);
        found.set(key, { count: this.#countAfter(count), entry: null });
      }
    }
    return found;
  }

  /** Earlier lives of the node may have spent any number of ids, which nobody remembers: after the second the clock gives a new one. */
  #countAfter(count: number): number {
    return count < 2 ? count + 1 : Math.max(count + 1, Math.floor(this.#clock.now() / 1000));
  }

  /** An id may be one of a former life or the second of its name. */
  async #finish(entry: RegistryEntry, definition: EntityDefinition, { slug }: PersonDevice, signal: AbortSignal): Promise<RegistryEntry> {
    const { key, component } = definition;
    const wanted = `${component}.${objectIdOf(slug, key)}`;
    const isOurs = entry.entityId.startsWith(`${component}.oura_`) && new RegExp(`_${key}(?:_\\d+)?$`).test(entry.entityId);
    const isMoved = isOurs && entry.entityId !== wanted && (await this.#registry.rename(entry, wanted, signal));
    const now = isMoved ? { ...entry, entityId: wanted } : entry;
    return await this.#setPrecision(now, definition, signal);
  }

  /** It cannot be discovered. One that is there is kept: a person may have chosen it. */
  async #setPrecision(entry: RegistryEntry, { component, precision }: EntityDefinition, signal: AbortSignal): Promise<RegistryEntry> {
    if (component !== 'sensor' || precision === null || 'display_precision' in entry.sensorOptions) return entry;
    await this.#registry.setPrecision(entry, precision, signal);
    return { ...entry, sensorOptions: { ...entry.sensorOptions, display_precision: precision } };
  }

  #spend(key: string, count: number): void {
    this.#spent.set(key, Math.max(count, this.#spent.get(key) ?? 0));
  }

  #madeOf({ device, definitions }: Wishes): readonly Made[] {
    const { place } = this.#options;
    if (device === null) return [];
    return definitions.map(({ key, component }) => ({ transport: 'companion', place, prefix: '', slug: device.slug, component, key }));
  }

  /** @param own what this node had made before its ledger was written */
  #records(own: readonly Made[]): Records {
    const { owner, place } = this.#options;
    const others = this.#ledger.owners.filter((other) => other !== owner).flatMap((other) => this.#ledger.madeBy(other));
    const anywhere = others.filter(({ transport }) => transport === 'companion');
    return { own, here: anywhere.filter((made) => made.place === place), anywhere };
  }

  #own(): readonly Made[] {
    return this.#ledger.madeBy(this.#options.owner).filter((made) => this.#isHere(made));
  }

  #isHere({ transport, place }: Made): boolean {
    return transport === 'companion' && place === this.#options.place;
  }

  /** Nothing is written when nothing changed. */
  #save(here: readonly Made[]): void {
    const { owner } = this.#options;
    const before = this.#ledger.madeBy(owner);
    const made = [...before.filter((one) => !this.#isHere(one)), ...here];
    if (JSON.stringify(before) !== JSON.stringify(made)) this.#ledger.save(owner, made);
  }
}
