import { toOuraError } from '../errors/to-oura-error';
import { Ledger } from '../home/ledger';
import type { HomeLink } from '../home/home-link';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { createMemorySettings } from '../store/memory-settings';
import type { AccountSession } from '../sync/account-session';
import { attendHome, type AttendOptions } from './attend-home';
import { RetainedBoard } from './bridge/retained-board';
import { clearLeftovers } from './leftovers';
import { PersonEntities, type EntitiesOptions } from './person-entities';
import { SharedPersons } from './shared-persons';
import type { EntitiesOf } from './way';
import { chosenWay, waysOf } from './ways-of';

export interface PublishingPorts {
  readonly clock: Clock;
  readonly logger: Logger;
  /** Everybody of whom anything is kept. */
  readonly persons: () => readonly EntitiesOf[];
}

/** Where nodes publish entities: what they share outlives each of them. */
export class Publishing {
  readonly #ports: PublishingPorts;
  readonly #stopping = new AbortController();
  /** Ends the clearings of the flows before. */
  #sweeping = new AbortController();
  /** What the last clearing was told; null = the flows have not started yet. */
  #flows: { readonly homes: readonly HomeLink[]; readonly isGone: (owner: string) => boolean } | null = null;
  /** Whose data was deleted for good, with what was written down of them: it is gone from the disk. */
  #deleted: EntitiesOf[] = [];
  /** What all nodes of a person share: their controls above all. */
  readonly persons: SharedPersons;

  constructor(ports: PublishingPorts) {
    this.#ports = ports;
    this.persons = new SharedPersons(ports.logger);
  }

  /**
   * Begins to publish the entities of whoever an account belongs to.
   * @throws OuraError broker_missing, home_connection_missing
   */
  start(
    { session, slug }: { readonly session: AccountSession; readonly slug: string },
    home: HomeLink,
    options: EntitiesOptions & AttendOptions,
  ): PersonEntities {
    const ways = waysOf(home, this.#ports);
    const way = chosenWay(home, ways);
    const otherWays = ways.filter((one) => one !== way);
    const everybody = this.#ports.persons;
    const attend = attendHome({ ...this.#ports, session, slug, home }, options);
    return new PersonEntities({ ...this.#ports, session, slug, persons: this.persons, everybody, way, otherWays, attend }, options);
  }

  /**
   * Clears what nodes that are gone have left in the Home Assistants of the flows, as soon as they can be reached. What was under way for
   * the flows before ends: their connections are closed. Never throws.
   * @param isGone whether a node is gone from the flows; one that is merely disabled is not
   */
  async sweep(homes: readonly HomeLink[], isGone: (owner: string) => boolean): Promise<void> {
    this.#flows = { homes, isGone };
    this.#sweeping.abort(new DOMException('The flows have started anew.', 'AbortError'));
    this.#sweeping = new AbortController();
    const signal = AbortSignal.any([this.#stopping.signal, this.#sweeping.signal]);
    const ways = new Map(
      homes.flatMap((home) => waysOf(home, this.#ports)).map((way) => [JSON.stringify([way.transport, way.place]), way]),
    );
    const deleted = { ...this.#ports, persons: () => this.#deleted, isGone: () => true };
    const sweeps = [...ways.values()].flatMap((way) => [
      clearLeftovers({ ...this.#ports, isGone }, way, signal),
      clearLeftovers(deleted, way, signal),
    ]);
    for (const { reason } of (await Promise.allSettled(sweeps)).filter((one) => one.status === 'rejected'))
      if (!signal.aborted) this.#ports.logger.error(`What removed nodes have left stays: ${toOuraError(reason).message}`);
  }

  /**
   * Clears all that was made of a person whose data is about to be deleted, as soon as it can be reached; what cannot be until Node-RED
   * stops, stays. Never throws.
   */
  readonly forget = ({ personId, settings }: EntitiesOf): void => {
    const copy = createMemorySettings();
    new Ledger(settings).copyTo(copy);
    RetainedBoard.copy(settings, copy);
    const isLeft = (one: EntitiesOf): boolean => new Ledger(one.settings).owners.length + RetainedBoard.owners(one.settings).length > 0;
    this.#deleted = [...this.#deleted, { personId, settings: copy }].filter(isLeft);
    if (this.#flows !== null) void this.sweep(this.#flows.homes, this.#flows.isGone); // reports its own failure
  };

  /** Nothing is cleared any more. */
  stop(): void {
    this.#stopping.abort(new DOMException('Node-RED is stopping.', 'AbortError'));
  }
}
