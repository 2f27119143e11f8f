import type { EntityCommand, EntityDefinition, EntityEvent, EntityState, PersonDevice } from '../../lib/home/entity';
import { Ledger } from '../../lib/home/ledger';
import type { EntitiesOf, Way } from '../../lib/entities/way';
import { MemoryTransport } from './memory-transport';

/** An entity as Home Assistant would have it. */
export interface HomeEntity {
  readonly device: PersonDevice;
  readonly definition: EntityDefinition;
  readonly state: EntityState | null;
}

/** A Home Assistant in memory: what nodes have made there, and how often each was written. */
export class MemoryHome implements Way {
  readonly entities = new Map<string, HomeEntity>();
  readonly events: EntityEvent[] = [];
  /** Each message that came, in order. */
  readonly declared: EntityDefinition[] = [];
  readonly states: EntityState[] = [];
  /** Keys of all states that transports were asked to show, whether that changed anything or not. */
  readonly asked: string[] = [];
  readonly transport;
  readonly place: string;
  readonly broker = null;
  readonly canSwitchOff = true;
  readonly #listeners = new Set<() => void>();
  readonly #commands = new Set<(command: EntityCommand) => void>();
  #isAway = false;
  /** Owners of transports that are open. */
  readonly opened: string[] = [];
  /** Who said last whether somebody acts on commands. */
  isAvailable = false;

  constructor(transport: Way['transport'] = 'mqtt', place = 'broker') {
    this.transport = transport;
    this.place = place;
  }

  open({ settings }: EntitiesOf, owner: string): MemoryTransport {
    this.opened.push(owner);
    return new MemoryTransport(this, new Ledger(settings), owner);
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  get isAway(): boolean {
    return this.#isAway;
  }

  set isAway(isAway: boolean) {
    this.#isAway = isAway;
    for (const listener of this.#listeners) listener();
  }

  hearCommands(listener: (command: EntityCommand) => void): () => void {
    this.#commands.add(listener);
    return () => this.#commands.delete(listener);
  }

  /** A person uses a control. */
  use(key: string, value: EntityCommand['value']): void {
    for (const listener of [...this.#commands]) listener({ key, value });
  }

  /** What an entity shows; undefined = there is no such entity, or nothing was shown. */
  state(key: string, slug = 'ann'): EntityState['state'] | undefined {
    return this.entities.get(`${slug} ${key}`)?.state?.state;
  }

  attributes(key: string, slug = 'ann'): EntityState['attributes'] {
    return this.entities.get(`${slug} ${key}`)?.state?.attributes ?? {};
  }

  definition(key: string, slug = 'ann'): EntityDefinition | undefined {
    return this.entities.get(`${slug} ${key}`)?.definition;
  }

  keys(slug = 'ann'): readonly string[] {
    return [...this.entities.values()].filter(({ device }) => device.slug === slug).map(({ definition }) => definition.key);
  }
}
