import type { EndpointKey } from '../../lib/catalogue/endpoints';

export type Use = 'store' | 'publish' | 'ai';
export const USES = ['store', 'publish', 'ai'] as const satisfies readonly Use[];

/** What is done with each family; the order of USES within. */
export type Choice = Readonly<Record<string, readonly Use[]>>;

/** Who a person is, and the finest trace of what they do: off until chosen. */
const DELICATE: readonly EndpointKey[] = ['personal_info', 'heartrate'];
const USUAL: readonly Use[] = ['store', 'publish'];

/** What a new account starts with. */
export function recommendedChoice(families: readonly EndpointKey[]): Choice {
  return Object.fromEntries(families.map((family) => [family, DELICATE.includes(family) ? [] : USUAL]));
}

/** Everything but AI, which is chosen family by family. */
export function fullChoice(families: readonly EndpointKey[]): Choice {
  return Object.fromEntries(families.map((family) => [family, USUAL]));
}

/** Reads the property of an account: a family that is missing there is stored and published. */
export function savedChoice(families: readonly EndpointKey[], property: unknown): Choice {
  const saved = typeof property === 'object' && property !== null ? (property as Readonly<Record<string, unknown>>) : {}; // any object
  return Object.fromEntries(families.map((family) => [family, usesOf(saved[family])]));
}

/** The uses after one of them was switched: nothing is published or given to AI that is not stored. */
export function switched(uses: readonly Use[], use: Use, on: boolean): readonly Use[] {
  if (use === 'store' && !on) return [];
  const wanted = new Set<Use>(on ? [...uses, use, 'store'] : uses.filter((one) => one !== use));
  return USES.filter((one) => wanted.has(one));
}

function usesOf(value: unknown): readonly Use[] {
  if (!Array.isArray(value)) return USUAL;
  const uses = USES.filter((use) => value.includes(use));
  return uses.includes('store') ? uses : [];
}
