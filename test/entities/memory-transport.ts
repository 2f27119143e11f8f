import { Subscribers } from '../../lib/async/subscribers';
import { waitFor } from '../../lib/async/wait-for';
import { OuraError } from '../../lib/errors/oura-error';
import {
  COMPONENTS,
  type EntityCommand,
  type EntityDefinition,
  type EntityEvent,
  type EntityState,
  type PersonDevice,
} from '../../lib/home/entity';
import type { EntityTransport } from '../../lib/home/entity-transport';
import type { Ledger, Made } from '../../lib/home/ledger';
import { sameMade } from '../../lib/home/same-made';
import type { MemoryHome } from './memory-home';

/** A way into a Home Assistant in memory that keeps the rules of the contract: it waits while that is away, and sends nothing twice. */
export class MemoryTransport implements EntityTransport {
  readonly components = new Set(COMPONENTS);
  readonly #home: MemoryHome;
  readonly #ledger: Ledger;
  readonly #owner: string;
  readonly #commands = new Subscribers<EntityCommand>((error) => {
    throw error;
  });
  readonly #states = new Map<string, EntityState>();
  readonly #ends: (() => void)[];
  #wanted: { readonly device: PersonDevice; readonly definitions: readonly EntityDefinition[] } | null = null;
  #isOpen = true;

  constructor(home: MemoryHome, ledger: Ledger, owner: string) {
    this.#home = home;
    this.#ledger = ledger;
    this.#owner = owner;
    this.#ends = [
      home.hearCommands((command) => {
        if (this.#wanted?.definitions.some(({ key }) => key === command.key) === true) this.#commands.tell(command);
      }),
      home.onChange(() => {
        this.#carryOut();
      }),
    ];
  }

  get isSettled(): boolean {
    return !this.#home.isAway;
  }

  declare(device: PersonDevice, definitions: readonly EntityDefinition[]): void {
    if (new Set(definitions.map(({ key }) => key)).size < definitions.length) throw new Error('a key was declared twice');
    this.#wanted = structuredClone({ device, definitions });
    this.#carryOut();
  }

  show(states: readonly EntityState[]): void {
    this.#home.asked.push(...states.map(({ key }) => key));
    for (const state of states) this.#states.set(state.key, structuredClone(state));
    this.#carryOut();
  }

  fire(event: EntityEvent): void {
    if (!this.#home.isAway) this.#home.events.push(structuredClone(event));
  }

  setAvailable(isAvailable: boolean): void {
    this.#home.isAvailable = isAvailable;
  }

  onCommand(listener: (command: EntityCommand) => void): () => void {
    return this.#commands.add(listener);
  }

  settled(signal: AbortSignal): Promise<void> {
    return waitFor(this.#home.isAway ? Promise.reject(new OuraError('broker_away')) : Promise.resolve(), signal);
  }

  remove(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#home.isAway) return Promise.reject(new OuraError('broker_away'));
    this.#wanted = null;
    this.#take(this.#ledger.madeBy(this.#owner), []);
    return Promise.resolve();
  }

  close(): Promise<void> {
    this.#isOpen = false;
    for (const end of this.#ends) end();
    return Promise.resolve();
  }

  #carryOut(): void {
    if (!this.#isOpen || this.#home.isAway || this.#wanted === null) return;
    const { device, definitions } = this.#wanted;
    const { transport, place } = this.#home;
    const wanted = definitions.map(({ key, component }): Made => ({ transport, place, prefix: 'p', slug: device.slug, component, key }));
    this.#take(this.#ledger.madeBy(this.#owner), wanted);
    for (const definition of definitions) this.#put(device, definition);
  }

  #put(device: PersonDevice, definition: EntityDefinition): void {
    const { entities, declared, states } = this.#home;
    const place = `${device.slug} ${definition.key}`;
    const before = entities.get(place);
    const state = this.#states.get(definition.key) ?? before?.state ?? null;
    if (JSON.stringify([before?.device, before?.definition]) !== JSON.stringify([device, definition])) declared.push(definition);
    if (state !== null && JSON.stringify(before?.state) !== JSON.stringify(state)) states.push(state);
    entities.set(place, { device, definition, state });
  }

  #take(made: readonly Made[], wanted: readonly Made[]): void {
    const { transport, place, entities } = this.#home;
    const elsewhere = made.filter((one) => one.transport !== transport || one.place !== place);
    const gone = made.filter((one) => !elsewhere.includes(one) && !wanted.some((other) => sameMade(one, other)));
    for (const one of gone) if (!this.#ledger.isSharedBy(this.#owner, one)) entities.delete(`${one.slug} ${one.key}`);
    this.#ledger.save(this.#owner, [...elsewhere, ...wanted]);
  }
}
