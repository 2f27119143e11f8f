import type { EntityDefinition, EntityState, PersonDevice } from '../entity';
import type { Made } from '../ledger';
import { attributesPayload } from './attributes-payload';
import { discoveryOf } from './discovery-of';
import type { RetainedTopics, TopicKind } from './retained-topics';
import { optionsIn } from './options-in';
import { statePayload } from './state-payload';
import { topicsOf, type Topics } from './topics';

/** What a person's device and its entities shall be now, as topics and payloads. */
export class Wishes {
  readonly #retained: RetainedTopics;
  readonly #names: { readonly prefix: string; readonly place: string; readonly personId: string };
  #device: PersonDevice | null = null;
  #topics: Topics | null = null;
  #definitions = new Map<string, EntityDefinition>();
  /** The kinds of topics we want something at. */
  #ours = new Map<string, TopicKind>();
  readonly #states = new Map<string, EntityState>();
  /** Words that enum sensors have shown although no definition names them. */
  readonly #words = new Map<string, readonly string[]>();
  /** Discovery topics that somebody emptied: a person deleted the entity in Home Assistant. */
  readonly #givenUp = new Set<string>();
  #isAvailable = false;

  constructor(retained: RetainedTopics, names: { readonly prefix: string; readonly place: string; readonly personId: string }) {
    this.#retained = retained;
    this.#names = names;
  }

  /** Null before the first declaration. */
  get topics(): Topics | null {
    return this.#topics;
  }

  /** Null = no entity has one. */
  get availability(): string | null {
    const isUsed = [...this.#definitions.values()].some(({ hasAvailability }) => hasAvailability);
    return isUsed && this.#topics !== null ? this.#topics.availability : null;
  }

  /** Null = we want nothing at that topic. */
  readonly kindOf = (topic: string): TopicKind | null => this.#ours.get(topic) ?? null;

  definitionOf(key: string): EntityDefinition | undefined {
    return this.#definitions.get(key);
  }

  isOurs(topic: string): boolean {
    return this.#ours.has(topic);
  }

  /** @returns whether the person's topics are others than before */
  declare(device: PersonDevice, definitions: readonly EntityDefinition[]): boolean {
    const { prefix, personId } = this.#names;
    const isMoved = this.#device?.slug !== device.slug;
    this.#device = device;
    this.#topics = topicsOf({ prefix, personId, slug: device.slug });
    const before = [...this.#definitions.values()].filter(isEnum);
    this.#definitions = new Map(definitions.map((definition) => [definition.key, definition]));
    for (const { key, options } of before) this.#learn(key, options ?? []);
    for (const key of this.#states.keys()) if (!this.#definitions.has(key)) this.#states.delete(key);
    this.#claim(this.#topics);
    for (const definition of definitions) this.#announce(definition);
    for (const state of this.#states.values()) this.show(state);
    this.setAvailable(this.#isAvailable);
    return isMoved;
  }

  show(state: EntityState): void {
    const definition = this.#definitions.get(state.key);
    if (definition === undefined || this.#topics === null || !hasState(definition)) return;
    this.#states.set(state.key, state);
    if (typeof state.state === 'string' && isEnum(definition) && this.#learn(state.key, [state.state])) this.#announce(definition);
    this.#retained.want(this.#topics.attributes(state.key), attributesPayload(state.attributes), 'attributes');
    this.#retained.want(this.#topics.state(state.key), statePayload(definition, state), 'state');
  }

  setAvailable(isAvailable: boolean): void {
    this.#isAvailable = isAvailable;
    if (this.availability !== null) this.#retained.want(this.availability, isAvailable ? 'online' : 'offline', 'availability');
  }

  /** Another node of the person may say `offline` when it ends. */
  hearAvailability(payload: string): void {
    if (this.availability !== null && this.#isAvailable && payload === 'offline')
      this.#retained.overwritten(this.availability, payload, 'availability');
  }

  /** A topic that nobody wants shall be empty. */
  empty(topic: string): void {
    const isDiscovery = topic.endsWith('/config') && topic.includes(`/oura_${this.#names.personId}/`);
    this.#retained.want(topic, '', isDiscovery ? 'config' : 'unused');
  }

  /** Somebody emptied a topic: that is not fought. */
  giveUp(topic: string): void {
    if (!this.#ours.has(topic)) return;
    this.#givenUp.add(topic);
    this.#retained.leave(topic);
  }

  /** An enum sensor keeps the words it was announced with: Home Assistant fails when the one it shows is taken from it. */
  keepWords(found: ReadonlyMap<string, string>): void {
    for (const definition of this.#definitions.values()) {
      const payload = isEnum(definition) ? found.get(this.#topics?.config(definition.component, definition.key) ?? '') : undefined;
      if (payload !== undefined && this.#learn(definition.key, optionsIn(payload))) this.#announce(definition);
    }
  }

  /** Nothing shall be there. */
  clear(): void {
    for (const topic of this.#ours.keys()) this.#retained.leave(topic);
    this.#definitions.clear();
    this.#ours.clear();
    this.#states.clear();
  }

  /** Topics among those given that should have something. */
  expected(topics: readonly string[]): readonly string[] {
    return topics.filter((topic) => this.#ours.has(topic) && this.#retained.wants(topic));
  }

  /** What the ledger shall say. */
  made(): readonly Made[] {
    const { prefix, place } = this.#names;
    const slug = this.#device?.slug ?? '';
    return [...this.#definitions.values()].map(({ component, key }) => ({ transport: 'mqtt', place, prefix, slug, component, key }));
  }

  #claim(topics: Topics): void {
    const before = this.#ours;
    this.#ours = new Map();
    for (const definition of this.#definitions.values()) {
      const { component, key } = definition;
      this.#ours.set(topics.config(component, key), 'config');
      if (hasState(definition)) this.#ours.set(topics.attributes(key), 'attributes').set(topics.state(key), 'state');
    }
    if (this.#definitions.size > 0) this.#ours.set(topics.availability, 'availability');
    for (const topic of before.keys()) if (!this.#ours.has(topic)) this.#retained.leave(topic);
    if (this.#retained.isOpen) this.#retained.doubt([...this.#ours.keys()].filter((topic) => !before.has(topic)));
  }

  #announce(definition: EntityDefinition): void {
    if (this.#topics === null || this.#device === null) return;
    const { key, component, options } = definition;
    const topic = this.#topics.config(component, key);
    if (this.#givenUp.has(topic)) return;
    const words = (this.#words.get(key) ?? []).filter((word) => options?.includes(word) === false);
    const whole = options === null || !isEnum(definition) ? definition : { ...definition, options: [...options, ...words] };
    this.#retained.want(topic, JSON.stringify(discoveryOf(this.#device, whole, this.#topics)), 'config');
  }

  /** @returns whether Home Assistant may not know one of the words of an enum sensor */
  #learn(key: string, words: readonly string[]): boolean {
    const definition = this.#definitions.get(key);
    const known = [...(definition?.options ?? []), ...(this.#words.get(key) ?? [])];
    const fresh = words.filter((word) => !known.includes(word));
    if (fresh.length > 0) this.#words.set(key, [...(this.#words.get(key) ?? []), ...fresh]);
    return fresh.length > 0;
  }
}

function isEnum({ component, deviceClass }: EntityDefinition): boolean {
  return component === 'sensor' && deviceClass === 'enum';
}

function hasState({ component }: EntityDefinition): boolean {
  return component !== 'button' && component !== 'event';
}
