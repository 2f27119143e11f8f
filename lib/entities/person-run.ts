import { within } from '../async/within';
import { LIMITS } from '../catalogue/limits';
import type { OuraError } from '../errors/oura-error';
import { toOuraError } from '../errors/to-oura-error';
import type { EntityTransport } from '../home/entity-transport';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import type { AccountSession } from '../sync/account-session';
import type { PersonHost } from '../sync/person-host';
import type { Attend, Attendant } from './attendant';
import { ControlDesk } from './control-desk';
import type { ControlNews } from './control-news';
import { deviceName } from './device-name';
import { CustomEntities } from './custom-entities';
import { PersonPublisher, type PublisherOptions } from './person-publisher';
import type { SharedPerson } from './shared-person';
import type { Way } from './way';

export interface RunPorts {
  readonly session: AccountSession;
  readonly host: PersonHost;
  readonly slug: string;
  readonly person: SharedPerson;
  readonly way: Way;
  /** Begun when the entities are declared. */
  readonly attend: readonly Attend[];
  /** The machine's, and the account's. */
  readonly clock: Clock;
  readonly accountClock: Clock;
  readonly logger: Logger;
  readonly onControl: (news: ControlNews) => void;
  /** The status may be another one. */
  readonly onNews: () => void;
}

/** How a node ends. `isHurried`: what it publishes with ends in the same turn, and for good. */
export interface Farewell {
  readonly remove: boolean;
  readonly isHurried: boolean;
}

const FOREVER = new AbortController().signal;

/** The entities of one node and one person, from the moment the person is known until they are not served any more. */
export class PersonRun {
  readonly #ports: RunPorts;
  readonly #transport: EntityTransport;
  readonly #customs: CustomEntities;
  readonly #signal: AbortSignal;
  #unsent: OuraError | null = null;
  #isSettling = false;
  #leaving: Promise<void> | null = null;
  #attendants: Attendant[] = [];
  readonly publisher: PersonPublisher;

  /** @param owner id of the node. @param signal ends it */
  constructor(ports: RunPorts, owner: string, options: PublisherOptions, signal: AbortSignal) {
    const { host, way, accountClock } = ports;
    this.#ports = ports;
    this.#signal = signal;
    this.#customs = new CustomEntities(host.settings, owner);
    this.#transport = way.open(host, owner);
    const parts = {
      clock: accountClock,
      customs: this.#customs,
      transport: this.#transport,
      onSent: (): void => {
        this.#settle();
      },
    };
    this.publisher = new PersonPublisher({ ...ports, ...parts }, options);
  }

  /** Whether Home Assistant has everything. */
  get isSettled(): boolean {
    return this.#transport.isSettled;
  }

  /** Why not all is as it should be; null = nothing is known to be wrong. */
  get problem(): OuraError | null {
    return this.#unsent ?? this.publisher.problem;
  }

  /** Publishes and obeys until the signal is aborted. */
  async run(): Promise<void> {
    const { person, way, onControl } = this.#ports;
    const desk = this.#desk();
    const ends = [
      this.#transport.onCommand((command) => {
        desk.act(command, this.#signal);
      }),
      person.controls.changes.add((change) => {
        this.publisher.update();
        for (const attendant of this.#attendants) attendant.controlsChanged();
        onControl(change);
      }),
      way.onChange(() => {
        this.#settle();
      }),
    ];
    try {
      const published = this.publisher.run(this.#signal); // has declared all when it first waits
      if (!this.#signal.aborted) this.#attend();
      await published;
    } finally {
      for (const end of ends) end();
    }
  }

  /** Lets the attendants go, who may outlast the person: they have to hear when everything of that person was deleted. */
  dismiss(): void {
    for (const attendant of this.#attendants.splice(0)) attendant.end();
  }

  /**
   * Says goodbye, or takes everything away, as far as the other side can be reached now; then lets go. What is to be sent is handed over
   * before this returns: a broker's node may end in the same turn. Calling it twice is harmless.
   */
  leave({ remove, isHurried }: Farewell): Promise<void> {
    this.#leaving ??= remove ? this.#remove(isHurried) : this.#sayGoodbye();
    return this.#leaving;
  }

  #attend(): void {
    const { attend, host, person, session } = this.#ports;
    const attended = { host, controls: person.controls, transport: this.#transport, device: deviceName(session.config.name) };
    this.#attendants = attend.map((begin) => begin(attended));
  }

  async #sayGoodbye(): Promise<void> {
    this.publisher.sayGoodbye();
    await this.#transport.close();
  }

  /** @param isHurried all is handed over in this turn, without the pauses that Home Assistant would like */
  async #remove(isHurried: boolean): Promise<void> {
    const { clock, logger } = this.#ports;
    try {
      await within(LIMITS.clearTimeoutMs, clock, FOREVER, async (signal) => {
        const removals = [this.#transport, ...this.#attendants].map((one) => one.remove(signal));
        if (isHurried) removals.push(this.#transport.close());
        for (const removal of await Promise.allSettled(removals)) if (removal.status === 'rejected') throw removal.reason;
      });
      this.#customs.clear();
    } catch (cause) {
      logger.warn(`Entities of a removed node stay for now: ${toOuraError(cause).message}`);
    } finally {
      await this.#transport.close();
    }
  }

  #desk(): ControlDesk {
    const { session, person, logger, onControl } = this.#ports;
    return new ControlDesk({
      session,
      person,
      logger,
      tomorrow: () => this.publisher.tomorrow,
      onPress: (key) => {
        onControl({ key, value: null, previous: null });
      },
    });
  }

  /** Finds out whether Home Assistant has everything, and if not, why. */
  #settle(): void {
    this.#ports.onNews();
    if (this.#isSettling) return;
    this.#isSettling = true;
    const settled = (problem: OuraError | null): void => {
      this.#isSettling = false;
      if (this.#signal.aborted) return;
      this.#unsent = problem;
      this.#ports.onNews();
    };
    this.#transport.settled(this.#signal).then(
      () => {
        settled(null);
      },
      (cause: unknown) => {
        settled(toOuraError(cause));
      },
    );
  }
}
