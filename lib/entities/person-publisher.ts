import { Wakeup } from '../async/wakeup';
import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { EntityDefinition, EntityEvent, EntityState, PersonDevice } from '../home/entity';
import type { EntityTransport } from '../home/entity-transport';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { AccountSession } from '../sync/account-session';
import type { EngineEvent } from '../sync/engine-events';
import type { PersonHost } from '../sync/person-host';
import { chosenKeys, isPublished, type ChosenKeys, type Wishes } from './chosen-keys';
import type { CustomEntities } from './custom-entities';
import { customOrder } from './custom-entity';
import { defineControl, defineDiagnostic, defineEvent, defineJudgement, defineMetric } from './define';
import { deviceName } from './device-name';
import type { DiagnosticKey } from './diagnostics';
import type { Names } from './names';
import { PersonState } from './person-state';
import { personView } from './person-view';
import type { SharedPerson } from './shared-person';
import { ShownStates } from './shown-states';
import type { Way } from './way';

export interface PublisherPorts {
  readonly session: AccountSession;
  readonly host: PersonHost;
  readonly slug: string;
  /** The account's time. */
  readonly clock: Clock;
  readonly person: SharedPerson;
  readonly customs: CustomEntities;
  readonly way: Pick<Way, 'canSwitchOff'>;
  readonly transport: EntityTransport;
  readonly logger: Logger;
  /** Something was sent. */
  readonly onSent: () => void;
}

export interface PublisherOptions {
  readonly wishes: Wishes;
  readonly names: Names;
  /** Entities beside the tables, whose states and events others tell. */
  readonly further: readonly EntityDefinition[];
}

const CONNECTED = { key: 'connected' satisfies DiagnosticKey, attributes: {}, lastReset: null } as const;

/** Keeps the entities of one person what they shall be: declares them, shows what changed, and nothing else. */
export class PersonPublisher {
  readonly #ports: PublisherPorts;
  readonly #options: PublisherOptions;
  readonly #chosen: ChosenKeys;
  readonly #state: PersonState;
  readonly #shown = new ShownStates();
  readonly #changed = new Set<EndpointKey>(ENDPOINT_KEYS);
  readonly #words = new Map<MetricKey, Set<string>>();
  readonly #wakeup = new Wakeup();
  #declared = '';
  #count = 0;
  #problem: OuraError | null = null;

  constructor(ports: PublisherPorts, options: PublisherOptions) {
    this.#ports = ports;
    this.#options = options;
    this.#chosen = chosenKeys(options.wishes, ports.session.config.engine.families);
    this.#state = new PersonState(ports.session, ports.person.controls, this.#chosen);
  }

  /** Number of entities that are there by the way taken. */
  get count(): number {
    return this.#count;
  }

  /** Why values are not up to date; null = they are. */
  get problem(): OuraError | null {
    return this.#problem;
  }

  /** When the person's next local day begins, epoch ms; a new one may have begun since the last reading. @throws OuraError as `update` */
  get tomorrow(): number {
    const { session, clock } = this.#ports;
    const read = this.#state.tomorrow ?? 0;
    return read > clock.now() ? read : (personView(session)?.tomorrow ?? clock.now());
  }

  /** Keeps up until the signal is aborted. */
  async run(signal: AbortSignal): Promise<void> {
    const { host, clock, person } = this.#ports;
    const end = host.events.add((event) => {
      this.#hear(event);
    });
    try {
      while (!signal.aborted) {
        person.controls.endPause(clock.now());
        this.update();
        const untilTomorrow = (this.#state.tomorrow ?? 0) - clock.now();
        const waitMs = untilTomorrow > 0 ? Math.min(untilTomorrow, LIMITS.clockCheckMs) : LIMITS.clockCheckMs;
        await this.#wakeup.wait(waitMs, clock, signal);
      }
    } catch (error) {
      if (!signal.aborted) throw error;
    } finally {
      end();
    }
  }

  /** Reads what changed and shows what differs. A store that cannot be read keeps what is shown. */
  update(): void {
    const families = new Set(this.#changed);
    try {
      const states = this.#state.read(families);
      if (this.#state.tomorrow === null) return; // the account starts or ends
      for (const family of families) this.#changed.delete(family);
      this.#publish(states);
      this.#problem = null;
    } catch (cause) {
      const error = toOuraError(cause);
      if (this.#problem?.code !== error.code) this.#ports.logger.warn(`Entities are not up to date: ${error.message}`);
      this.#problem = error;
    }
  }

  /** Shows values of entities that others declared. */
  show(states: readonly EntityState[]): void {
    const differing = this.#shown.differing(states);
    if (differing.length === 0) return;
    this.#ports.transport.show(differing);
    this.#ports.onSent();
  }

  /** Says that nobody is at work any more. */
  sayGoodbye(): void {
    if (this.#declared === '') return;
    if (this.#chosen.diagnostics.includes('connected')) this.show([{ ...CONNECTED, state: false }]);
    this.#ports.transport.setAvailable(false);
  }

  fire(event: EntityEvent): void {
    this.#ports.transport.fire(event);
  }

  /**
   * Makes, updates or takes away further entities; all of a list or none.
   * @throws OuraError field_missing, field_invalid, entity_reserved
   */
  take(payloads: readonly unknown[]): void {
    const { customs } = this.#ports;
    const made = new Map<string, EntityDefinition>();
    const known = (key: string): EntityDefinition | null => made.get(key) ?? customs.find(key);
    const isReserved = (key: string): boolean => this.#options.further.some((one) => one.key === key);
    const orders = payloads.map((payload) => {
      const order = customOrder(payload, known, isReserved);
      if (order.kind === 'show' && order.definition !== null) made.set(order.definition.key, order.definition);
      return order;
    });
    for (const order of orders) {
      if (order.kind === 'remove') customs.delete(order.key);
      else if (order.definition !== null) customs.put(order.definition);
    }
    this.#publish(orders.flatMap((order) => (order.kind === 'show' && customs.find(order.state.key) !== null ? [order.state] : [])));
  }

  #hear(event: EngineEvent): void {
    if (event.type === 'synced') this.#changed.add(event.endpoint);
    else if (event.type === 'problem' || event.type === 'solved')
      for (const family of event.endpoint === null ? ENDPOINT_KEYS : [event.endpoint]) this.#changed.add(family);
    this.#wakeup.wake();
  }

  #publish(states: readonly EntityState[]): void {
    const { transport, way } = this.#ports;
    this.#learnWords(states);
    const [device, definitions] = [this.#device(), this.#definitions()];
    const declared = JSON.stringify([device, definitions]);
    if (declared === this.#declared) {
      this.show(states);
      return;
    }
    this.#shown.differing(states);
    this.#declared = declared;
    const isThere = ({ component, enabledByDefault }: EntityDefinition): boolean =>
      transport.components.has(component) && (way.canSwitchOff || enabledByDefault);
    this.#count = definitions.filter(isThere).length;
    this.#shown.keep(new Set(definitions.map(({ key }) => key)));
    transport.declare(device, definitions);
    transport.setAvailable(true);
    transport.show(this.#shown.all);
    this.#ports.onSent();
  }

  /** Words that Oura uses and the catalogue does not know: without them among the options Home Assistant would refuse the state. */
  #learnWords(states: readonly EntityState[]): void {
    const metrics: ReadonlySet<string> = new Set(this.#chosen.metrics);
    for (const { key, state } of states) {
      if (!metrics.has(key) || typeof state !== 'string') continue;
      const metric = key as MetricKey; // one of #chosen.metrics
      const { quantity } = metricOf(metric);
      if (quantity.kind !== 'enum' || quantity.options.includes(state)) continue;
      this.#words.set(metric, (this.#words.get(metric) ?? new Set<string>()).add(state));
    }
  }

  #definitions(): readonly EntityDefinition[] {
    const { names, further } = this.#options;
    return [
      ...this.#chosen.metrics.map((key) => defineMetric(key, names, [...(this.#words.get(key) ?? [])])),
      ...this.#chosen.judgements.map((key) => defineJudgement(key, names)),
      ...this.#chosen.controls.map((key) => defineControl(key, names)),
      ...this.#chosen.events.map((key) => defineEvent(key, names)),
      ...this.#chosen.diagnostics.map((key) => defineDiagnostic(key, names)),
      ...further,
      ...this.#ports.customs.all,
    ];
  }

  #device(): PersonDevice {
    const { host, slug, session } = this.#ports;
    const { name, engine } = session.config;
    const mayTell = isPublished(engine.families, 'ring_configuration');
    return {
      personId: host.personId,
      slug,
      name: deviceName(name),
      model: mayTell ? this.#state.text('hardware_type') : null,
      hwVersion: null,
      swVersion: mayTell ? this.#state.text('firmware_version') : null,
    };
  }
}
