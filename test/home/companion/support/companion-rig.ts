import assert from 'node:assert/strict';
import { LIMITS } from '../../../../lib/catalogue/limits';
import { CompanionTransport } from '../../../../lib/home/companion/companion-transport';
import { Ledger } from '../../../../lib/home/ledger';
import { HomeConnection } from '../../../../lib/home/websocket/home-connection';
import { MemoryLogger } from '../../../store/support/memory-logger';
import { CompanionStandIn } from '../../../support/companion-stand-in';
import { HomeServer } from '../../../support/home-server';
import type { EntityTransportRig, ShownEntity } from '../../entity-transport.suite';
import { AskedClock } from '../../websocket/support/asked-clock';

interface Options {
  readonly version?: string;
  readonly isInstalled?: boolean;
  readonly isAdmin?: boolean;
  /** False: complaints are what the test is about. */
  readonly isStrict?: boolean;
}

interface TransportOptions {
  readonly place?: string;
  readonly personId?: string;
  readonly over?: HomeConnection;
}

export const PERSON_ID = '0123456789ab';
/** What Home Assistant adds to the attributes that were sent. */
const ITS_OWN = new Set([
  ...['friendly_name', 'icon', 'unit_of_measurement', 'device_class', 'state_class', 'options'],
  ...['min', 'max', 'step', 'mode', 'restored'],
]);
/** What keeps a connection. */
const UPKEEP = new Set(['ping', 'supported_features', 'auth/current_user', 'get_config', 'unsubscribe_events']);

/** The companion's stand-in, the real connection, and transports of one person's nodes over it. */
export class CompanionRig implements EntityTransportRig {
  readonly clock = new AskedClock();
  readonly logger = new MemoryLogger();
  readonly server: HomeServer;
  readonly standIn: CompanionStandIn;
  readonly connection: HomeConnection;
  readonly ledger: Ledger;
  readonly #transports: CompanionTransport[] = [];
  readonly #isStrict: boolean;

  private constructor(server: HomeServer, isInstalled: boolean, isStrict: boolean) {
    this.server = server;
    this.#isStrict = isStrict;
    this.standIn = new CompanionStandIn(server, { isInstalled });
    this.connection = new HomeConnection(this, { url: server.url, token: () => server.token, rejectUnauthorized: true });
    this.ledger = memoryLedger();
  }

  static async start({ version = '2026.11.0', isInstalled = true, isAdmin = true, isStrict = true }: Options = {}): Promise<CompanionRig> {
    const rig = new CompanionRig(await HomeServer.start({ version, isAdmin }), isInstalled, isStrict);
    rig.connection.start();
    await rig.untilConnected();
    return rig;
  }

  transport(
    owner: string,
    { place = 'home', personId = PERSON_ID, over: homeAssistant = this.connection }: TransportOptions = {},
  ): CompanionTransport {
    const { clock, logger } = this;
    const ledger = personId === PERSON_ID ? this.ledger : memoryLedger();
    const transport = new CompanionTransport({ homeAssistant, clock, logger, ledger }, { owner, place, personId });
    this.#transports.push(transport);
    return transport;
  }

  owners(): readonly string[] {
    return this.ledger.owners;
  }

  shown(): Promise<ReadonlyMap<string, ShownEntity>> {
    const prefix = `nodered-oura-oura_${PERSON_ID}_`;
    const own = this.standIn.registries.entries.filter(({ uniqueId }) => uniqueId.startsWith(prefix));
    return Promise.resolve(
      new Map(
        own.flatMap(({ uniqueId, entityId }) => {
          const shown = this.standIn.states.get(entityId);
          const key = uniqueId.slice(prefix.length).replace(/-\d+$/, '');
          return shown === null ? [] : [[key, shownEntity(entityId, shown)]];
        }),
      ),
    );
  }

  events(): readonly never[] {
    return [];
  }

  sent(): number {
    return this.server.commands.filter(({ type }) => !UPKEEP.has(type)).length;
  }

  command(key: string, value: string | number | boolean | null): Promise<void> {
    const entry = this.standIn.registries.entries.find(({ entityId }) => entityId.endsWith(`.oura_anna_${key}`));
    if (entry === undefined) throw new Error(`There is no ${key}.`);
    this.standIn.act(entry.entityId, value);
    return Promise.resolve();
  }

  /** Lets Home Assistant refuse the discovery of a node id. */
  refuse(nodeId: string): void {
    this.standIn.refused.add(nodeId);
  }

  async takeAway(): Promise<void> {
    await this.server.stop();
    await this.clock.asked(LIMITS.homeReconnectFirstMs);
  }

  async bringBack(): Promise<void> {
    await this.server.startAgain();
    await this.reconnected();
  }

  /** Lets the pause pass after which the connection is made anew. Resolves when that has happened. */
  async reconnected(): Promise<void> {
    await this.clock.asked(LIMITS.homeReconnectFirstMs);
    const connected = this.untilConnected();
    await this.clock.advance(LIMITS.homeReconnectFirstMs);
    await connected;
  }

  untilConnected(): Promise<void> {
    if (this.connection.facts !== null) return Promise.resolve();
    return new Promise((resolve) => {
      const end = this.connection.onFacts((facts) => {
        if (facts === null) return;
        end();
        resolve();
      });
    });
  }

  /** What Home Assistant's log says because of us, but for what cannot be had otherwise: a rename on old versions, a device's end. */
  get complaints(): readonly string[] {
    return this.standIn.complaints.filter((line) => !/Cannot migrate history|async_get_device/.test(line));
  }

  async close(): Promise<void> {
    for (const transport of this.#transports) await transport.close();
    await this.connection.close();
    await this.server.stop();
    assert.deepEqual(this.#isStrict ? this.complaints : [], []);
    assert.equal(this.clock.waiting, 0, 'a delay outlived its owner');
  }
}

function shownEntity(
  entityId: string,
  { state, attributes }: { state: string; attributes: Readonly<Record<string, unknown>> },
): ShownEntity {
  const name = String(attributes['friendly_name']).replace(/^Oura (?:Anna|Annika) /, '');
  return { entityId, name, state, attributes: Object.fromEntries(Object.entries(attributes).filter(([key]) => !ITS_OWN.has(key))) };
}

/** Each person has one of their own. */
function memoryLedger(): Ledger {
  const kept = new Map<string, unknown>();
  return new Ledger({ load: (key) => kept.get(key), save: (key, value) => void kept.set(key, JSON.parse(JSON.stringify(value))) });
}
