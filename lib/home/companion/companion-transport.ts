import { Subscribers } from '../../async/subscribers';
import { waitFor } from '../../async/wait-for';
import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { HomeAssistant } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import type { EntityCommand, EntityDefinition, EntityEvent, EntityState, PersonDevice } from '../entity';
import type { EntityTransport } from '../entity-transport';
import type { Ledger } from '../ledger';
import type { Wishes } from './arrange';
import { Arranger, type ArrangerOptions } from './arranger';
import { COMPANION_COMPONENTS } from './companion-components';
import { CompanionPresence, type Load } from './companion-presence';
import { LoadWork } from './load-work';
import { readCommand } from './read-command';

interface Ports {
  readonly homeAssistant: HomeAssistant;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly ledger: Ledger;
}

const NOTHING: Wishes & { readonly device: null } = { device: null, definitions: [] };

/**
 * Entities over the Node-RED companion integration 4.2.3. It keeps nothing when it is loaded anew, so everything is told again then; in
 * between only what has changed. Entities that are off by default are left out: it can only make them switched on.
 */
export class CompanionTransport implements EntityTransport {
  readonly components = COMPANION_COMPONENTS;
  readonly #ports: Ports;
  readonly #closing = new AbortController();
  readonly #presence: CompanionPresence;
  readonly #arranger: Arranger;
  readonly #commands: Subscribers<EntityCommand>;
  readonly #states = new Map<string, EntityState>();
  #wishes: Wishes = NOTHING;
  #isAvailable = true;
  #load: LoadWork | null = null;
  #isDirty = false;
  #problem: OuraError | null = null;
  #work: Promise<void> | null = null;
  #changed = Promise.withResolvers<undefined>();

  /** @param options `personId`: whose entities these are, also before anything is declared */
  constructor(ports: Ports, options: ArrangerOptions) {
    this.#ports = ports;
    this.#commands = new Subscribers((error) => {
      ports.logger.error(`A command could not be worked on: ${toOuraError(error).message}`);
    });
    this.#arranger = new Arranger(ports, options);
    this.#presence = new CompanionPresence(ports, (load) => {
      this.#came(load);
    });
    this.#presence.start();
  }

  /** Why the wishes cannot be carried out; null = nothing is in the way. */
  get problem(): OuraError | null {
    const { facts, problem } = this.#ports.homeAssistant;
    if (facts === null) return problem === null ? null : toOuraError(problem);
    return this.#presence.problem ?? this.#problem;
  }

  get isSettled(): boolean {
    return !this.#isDirty && this.#work === null && (this.#wishes.device === null || this.#load !== null) && this.problem === null;
  }

  declare(device: PersonDevice, definitions: readonly EntityDefinition[]): void {
    const possible = definitions.filter(({ component, enabledByDefault }) => COMPANION_COMPONENTS.has(component) && enabledByDefault);
    const wishes = { device, definitions: possible };
    if (JSON.stringify(wishes) === JSON.stringify(this.#wishes)) return;
    this.#wishes = wishes;
    this.#arranger.note(wishes);
    for (const key of this.#states.keys()) if (!possible.some((definition) => definition.key === key)) this.#states.delete(key);
    this.#wake();
  }

  show(states: readonly EntityState[]): void {
    const wanted = new Set(this.#wishes.definitions.map(({ key }) => key));
    for (const state of states) if (wanted.has(state.key)) this.#states.set(state.key, state);
    this.#wake();
  }

  /** The companion has no event entities. */
  fire(_event: EntityEvent): void {
    return;
  }

  setAvailable(isAvailable: boolean): void {
    if (isAvailable === this.#isAvailable) return;
    this.#isAvailable = isAvailable;
    this.#wake();
  }

  onCommand(listener: (command: EntityCommand) => void): () => void {
    return this.#commands.add(listener);
  }

  async settled(signal: AbortSignal): Promise<void> {
    while (!this.isSettled) {
      const changed = this.#changed.promise;
      if (this.#work === null && this.problem !== null) throw this.problem;
      await waitFor(changed, AbortSignal.any([signal, this.#closing.signal]));
    }
  }

  async remove(signal: AbortSignal): Promise<void> {
    this.#wishes = NOTHING;
    this.#isDirty = false;
    this.#problem = null;
    while (this.#work !== null) await waitFor(this.#work, signal);
    const { facts, problem } = this.#ports.homeAssistant;
    if (facts === null) throw problem ?? new OuraError('home_away', { host: '', reason: 'CONNECTING' });
    if (!facts.isAdmin) throw new OuraError('home_not_admin');
    const load = this.#load;
    await this.#arranger.arrange(NOTHING, signal, () => {
      load?.forget(() => true);
    });
    this.#states.clear();
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new DOMException('The node is closed.', 'AbortError'));
    const load = this.#load;
    this.#load = null;
    this.#presence.close();
    await this.#work;
    load?.close();
  }

  #came(load: Load | null): void {
    if (this.#closing.signal.aborted) return;
    this.#load?.leave();
    this.#load = load === null ? null : this.#workOn(load);
    this.#problem = null;
    if (load?.isFresh === true) this.#arranger.renew();
    if (this.#wishes.device !== null) this.#isDirty = true;
    this.#tellChange();
    this.#start();
  }

  #workOn(load: Load): LoadWork {
    return new LoadWork(this.#ports, this.#arranger, load, {
      onEvent: (key, event) => {
        this.#hear(key, event);
      },
      onNeed: () => {
        this.#wake();
      },
    });
  }

  #wake(): void {
    if (this.#wishes.device === null) return;
    this.#isDirty = true;
    this.#start();
  }

  #start(): void {
    const load = this.#load;
    if (this.#work !== null || load === null || !this.#isDirty || this.#closing.signal.aborted) return;
    this.#work = this.#run(load).finally(() => {
      this.#work = null;
      this.#tellChange();
      if (this.#load !== load || this.#problem === null) this.#start();
    });
  }

  /** Never rejects. */
  async #run(load: LoadWork): Promise<void> {
    try {
      while (this.#isDirty && !load.signal.aborted) {
        this.#isDirty = false;
        const wishes = this.#wishes;
        if (wishes.device === null) continue;
        const wanted = { ...wishes, device: wishes.device, states: this.#states, isAvailable: this.#isAvailable };
        this.#problem = await load.bring(wishes, wanted);
      }
    } catch (cause) {
      if (load.signal.aborted) return;
      this.#isDirty = true;
      const problem = toOuraError(cause);
      if (problem.code !== this.#problem?.code && problem.code !== 'home_away') this.#ports.logger.warn(problem.message);
      this.#problem = problem;
      if (problem.code === 'companion_missing') this.#giveUp();
      else void this.#retry(load);
    }
  }

  /** What failed by chance is tried again; a new load does it at once. */
  async #retry(load: LoadWork): Promise<void> {
    try {
      await this.#ports.clock.delay(LIMITS.retryMaxDelayMs, AbortSignal.any([load.signal, this.#closing.signal]));
    } catch {
      return; // there is another load, or none is wanted
    }
    this.#problem = null;
    this.#start();
  }

  #hear(key: string, event: unknown): void {
    const definition = this.#wishes.definitions.find((one) => one.key === key);
    const command = definition === undefined ? null : readCommand(definition, event);
    if (command === null) return;
    this.#commands.tell(command);
    this.#load?.echo(key); // what the listeners have not taken is put back
    this.#wake();
  }

  /** It answers and makes nothing, so it was removed: nothing helps before it is loaded anew, or Home Assistant restarts. */
  #giveUp(): void {
    this.#load?.leave();
    this.#load = null;
    this.#arranger.renew();
  }

  #tellChange(): void {
    this.#changed.resolve(undefined);
    this.#changed = Promise.withResolvers();
  }
}
