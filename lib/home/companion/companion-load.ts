import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { HomeAssistant, HomeAssistantCommand } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import type { EntityDefinition, EntityState, PersonDevice } from '../entity';
import { isVersionAtLeast } from '../is-version-at-least';
import { objectIdOf, type Place } from './arrange';
import type { Load } from './companion-presence';
import { discoveryOf } from './discovery-of';
import { inChunks } from './in-chunks';
import { nodeIdOf, SERVER_ID } from './node-id';
import { shownValue, type ShownValue } from './shown-value';
import { TWO_WAY } from './two-way';

interface Ports {
  readonly homeAssistant: HomeAssistant;
  readonly logger: Logger;
}

/** What shall be there. */
export interface Wanted {
  readonly device: PersonDevice;
  readonly definitions: readonly EntityDefinition[];
  readonly states: ReadonlyMap<string, EntityState>;
  readonly isAvailable: boolean;
}

/** What was sent of an entity since the companion was loaded. */
interface Sent {
  readonly nodeId: string;
  /** JSON of the discovery. */
  readonly discovery: string;
  /** JSON of the state; null = it has to be sent. */
  readonly state: string | null;
}

/** What the companion has been told since it was loaded, and the telling of what is not told yet. */
export class CompanionLoad {
  readonly #ports: Ports;
  readonly #load: Load;
  readonly #onEvent: (key: string, event: unknown) => void;
  readonly #sent = new Map<string, Sent>();
  /** End the discoveries of what people can act on, by key. */
  readonly #ends = new Map<string, readonly (() => void)[]>();
  /** What was refused, by key, as JSON: it is not sent again as it stands. */
  readonly #refused = new Map<string, { readonly json: string; readonly problem: OuraError }>();

  /** @param onEvent hears what people do with an entity */
  constructor(ports: Ports, load: Load, onEvent: (key: string, event: unknown) => void) {
    this.#ports = ports;
    this.#load = load;
    this.#onEvent = onEvent;
  }

  get signal(): AbortSignal {
    return this.#load.signal;
  }

  /** Keys of what was told. */
  get told(): readonly string[] {
    return [...this.#sent.keys()];
  }

  /** Whether people can act on the entity. */
  isOffered(key: string): boolean {
    return this.#ends.has(key);
  }

  /**
   * Tells what entities are and what they show, as far as it is not told yet. One call at a time.
   * @param places where they are, for all that are wanted
   * @returns what was refused; the rest is told then
   * @throws OuraError companion_missing, home_away, timed_out; the signal's reason
   */
  async tell(wanted: Wanted, places: ReadonlyMap<string, Place>): Promise<OuraError | null> {
    let problem: OuraError | null = null;
    await inChunks(wanted.definitions, LIMITS.companionConcurrency, async (definition) => {
      const place = places.get(definition.key);
      if (place === undefined) return;
      const refusal = await this.#tellOne(wanted, definition, place);
      problem ??= refusal;
    });
    return problem;
  }

  /** Ends what people could do with the entity; the next `tell` tells it from the beginning. */
  forget(key: string): void {
    this.#withdraw(key);
    this.#sent.delete(key);
    this.#refused.delete(key);
  }

  /** The next `tell` discovers the entity again. The end of the former subscriptions would hide it, so they go on. */
  renew(key: string): void {
    const sent = this.#sent.get(key);
    if (sent !== undefined) this.#sent.set(key, { ...sent, discovery: '' });
  }

  /** The next `tell` shows the state again. */
  echo(key: string): void {
    const sent = this.#sent.get(key);
    if (sent !== undefined) this.#sent.set(key, { ...sent, state: null });
  }

  /** Ends what people could do; those entities become unavailable. */
  close(): void {
    for (const key of this.#ends.keys()) this.#withdraw(key);
  }

  async #tellOne(wanted: Wanted, definition: EntityDefinition, place: Place): Promise<OuraError | null> {
    const { key } = definition;
    const state = wanted.states.get(key);
    const value = state === undefined ? null : shownValue(definition, state);
    const refused = this.#refused.get(key);
    const json = (): string => JSON.stringify([wanted.device, definition, place.count, value]);
    if (refused?.json === json()) return refused.problem; // nothing is refused as a rule: then it is not compared
    try {
      await this.#discover(wanted, definition, place, value);
      if (value !== null) await this.#show(key, value);
      return null;
    } catch (cause) {
      const problem = toOuraError(cause);
      if (this.signal.aborted || problem.code !== 'home_refused') throw cause;
      if (problem.params['reason'] === 'unknown_command') throw new OuraError('companion_missing');
      this.#ports.logger.warn(`${key}: ${problem.message}`);
      this.#refused.set(key, { json: json(), problem });
      return problem;
    }
  }

  async #discover(wanted: Wanted, definition: EntityDefinition, { entry, count }: Place, value: ShownValue | null): Promise<void> {
    const { device, isAvailable } = wanted;
    const { key, component, hasAvailability } = definition;
    const nodeId = nodeIdOf(device.personId, key, count);
    const parts = discoveryOf(device, definition, isVersionAtLeast(this.#load.facts.version, '2026.4'));
    const discovery = JSON.stringify([nodeId, parts]);
    const isOffered = TWO_WAY.has(component) && (isAvailable || !hasAvailability);
    if (this.#sent.has(key) && this.#sent.get(key)?.nodeId !== nodeId) this.forget(key);
    const sent = this.#sent.get(key);
    if (!isOffered) this.#withdraw(key);
    if (sent?.discovery === discovery && this.#ends.has(key) === isOffered) return;
    const command = { type: 'nodered/discovery', server_id: SERVER_ID, node_id: nodeId, ...parts, ...value };
    if (sent === undefined) {
      if (entry === null) await this.#send(definition, firstOf(command, objectIdOf(device.slug, key)));
      // only a discovery that is not the first lets a control become unavailable with the connection
      else if (hasAvailability && TWO_WAY.has(component)) await this.#send(definition, command);
    }
    await this.#send(definition, command);
    this.#sent.set(key, { nodeId, discovery, state: null });
    if (!isOffered) this.#withdraw(key);
  }

  async #show(key: string, value: ShownValue): Promise<void> {
    const sent = this.#sent.get(key);
    const state = JSON.stringify(value);
    if (sent === undefined || sent.state === state) return;
    await this.#call({ type: 'nodered/entity', server_id: SERVER_ID, node_id: sent.nodeId, ...value });
    if (this.#sent.get(key) === sent) this.#sent.set(key, { ...sent, state }); // else it is wanted again already
  }

  async #send({ key, component }: EntityDefinition, command: HomeAssistantCommand): Promise<void> {
    if (!TWO_WAY.has(component)) {
      await this.#call(command);
      return;
    }
    const hear = (event: unknown): void => {
      if (!this.signal.aborted) this.#onEvent(key, event);
    };
    const end = await this.#ports.homeAssistant.subscribe(command, hear, 'socket');
    if (this.signal.aborted) end();
    this.signal.throwIfAborted();
    this.#ends.set(key, [...(this.#ends.get(key) ?? []), end]);
  }

  #withdraw(key: string): void {
    for (const end of this.#ends.get(key) ?? []) end();
    this.#ends.delete(key);
  }

  async #call(command: HomeAssistantCommand): Promise<void> {
    await this.#ports.homeAssistant.call(command, this.signal);
  }
}

/** The entity id is made of the name an entity is first discovered by, and on newer versions also of its device: hence without. */
function firstOf(
  { device_info: _device, ...command }: HomeAssistantCommand & { readonly config: object },
  objectId: string,
): HomeAssistantCommand {
  return { ...command, config: { ...command.config, name: objectId } };
}
