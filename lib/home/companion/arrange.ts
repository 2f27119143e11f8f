import type { EntityDefinition, PersonDevice } from '../entity';
import type { Made } from '../ledger';
import type { RegistryEntry } from './registry-entries';

/** Where an entity is or shall be in Home Assistant. */
export interface Place {
  /** Which node id of the key it has, see `nodeIdOf`. */
  readonly count: number;
  /** Null = it is not there yet. */
  readonly entry: RegistryEntry | null;
}

export interface Arrangement {
  /** To be taken away. */
  readonly gone: readonly RegistryEntry[];
  /** By key. */
  readonly places: ReadonlyMap<string, Place>;
  /** Entities that still have the id of an earlier slug. */
  readonly renames: readonly { readonly entry: RegistryEntry; readonly entityId: string }[];
}

export interface Wishes {
  /** Null = everything shall go. */
  readonly device: PersonDevice | null;
  readonly definitions: readonly EntityDefinition[];
}

/** What the ledger says of the companion's entities of the person. */
export interface Records {
  /** What this node has made in this place. */
  readonly own: readonly Made[];
  /** What other nodes have made in this place. */
  readonly here: readonly Made[];
  /** What other nodes have made in any place: two of them may be the same Home Assistant. */
  readonly anywhere: readonly Made[];
}

/** Entity ids are `<domain>.<object id>`. */
export function objectIdOf(slug: string, key: string): string {
  return `oura_${slug}_${key}`;
}

/**
 * What has to happen in the registry so that the wishes come true. Pure.
 * @param used highest count of a key whose node id is spent until the companion is loaded anew
 */
export function arrange(
  entries: readonly RegistryEntry[],
  { device, definitions }: Wishes,
  records: Records,
  used: ReadonlyMap<string, number>,
): Arrangement {
  const places = new Map<string, Place>();
  for (const { key, component } of definitions) {
    const same = entries.filter((entry) => entry.key === key);
    const entry = same.filter((one) => one.component === component).toSorted((a, b) => a.count - b.count)[0] ?? null;
    places.set(key, { entry, count: entry?.count ?? Math.max(0, used.get(key) ?? 0, ...same.map(({ count }) => count)) + 1 });
  }
  const isWanted = (entry: RegistryEntry): boolean => {
    const place = places.get(entry.key);
    return place?.entry?.component === entry.component ? place.entry === entry : isKept(entry, records);
  };
  return { gone: entries.filter((entry) => !isWanted(entry)), places, renames: device === null ? [] : renamesOf(device, places, records) };
}

/** Whether an entity that this node does not want is another's. */
export function isKept(entry: RegistryEntry, { own, here, anywhere }: Records): boolean {
  const isIn = (made: readonly Made[]): boolean => made.some(({ key, component }) => key === entry.key && component === entry.component);
  return isIn(isIn(own) ? here : anywhere);
}

/** An id that a person has chosen stays; one that we made under an earlier slug follows. */
function renamesOf({ slug }: PersonDevice, places: ReadonlyMap<string, Place>, { own, anywhere }: Records): Arrangement['renames'] {
  const slugs = new Set([...own, ...anywhere].map((made) => made.slug).filter((made) => made !== slug));
  return [...places].flatMap(([key, { entry }]) => {
    if (entry === null) return [];
    const { component, entityId } = entry;
    const isOld = [...slugs].some((old) => entityId === `${component}.${objectIdOf(old, key)}`);
    return isOld ? [{ entry, entityId: `${component}.${objectIdOf(slug, key)}` }] : [];
  });
}
