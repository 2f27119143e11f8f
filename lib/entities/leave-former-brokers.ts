import { waitFor } from '../async/wait-for';
import { within } from '../async/within';
import { LIMITS } from '../catalogue/limits';
import { toOuraError } from '../errors/to-oura-error';
import { Ledger } from '../home/ledger';
import type { Broker } from '../ports/broker';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { RetainedBoard } from './bridge/retained-board';
import { clearWay } from './clear-way';
import { mqttWay } from './mqtt-way';
import type { EntitiesOf, OpenBroker, Way } from './way';

export interface FormerPorts {
  /** The ways that are open anyway: what was made there is not looked at. */
  readonly ways: readonly Way[];
  readonly openBroker: OpenBroker;
  readonly clock: Clock;
  readonly logger: Logger;
}

/**
 * Takes away what a node has made, documents too, at brokers that its Home Assistant has no more. Done before anything is published: an
 * old and a new node may stand for the same broker. What cannot be reached stays written down for the next start.
 * @throws the signal's reason
 */
export async function leaveFormerBrokers(person: EntitiesOf, owner: string, ports: FormerPorts, signal: AbortSignal): Promise<void> {
  const { ways, openBroker, clock, logger } = ports;
  const made = new Ledger(person.settings).madeBy(owner).flatMap(({ transport, place }) => (transport === 'mqtt' ? [place] : []));
  const places = new Set([...made, ...RetainedBoard.brokersOf(person.settings, owner)]);
  for (const place of places) {
    if (ways.some(({ broker }) => broker?.id === place)) continue;
    const broker = openBroker(place);
    if (broker === null) continue;
    try {
      await within(LIMITS.clearTimeoutMs, clock, signal, (limited) => clear(broker, person, owner, ports, limited));
    } catch (cause) {
      logger.warn(`What was published at a former broker stays for now: ${toOuraError(cause).message}`);
    } finally {
      await broker.close(false);
    }
    signal.throwIfAborted();
  }
}

async function clear(
  broker: Broker,
  person: EntitiesOf,
  owner: string,
  { clock, logger }: FormerPorts,
  signal: AbortSignal,
): Promise<void> {
  const { settings } = person;
  await connected(broker, signal);
  await new RetainedBoard({ broker, settings, owner, filter: '', isOurs: () => false, clock, logger }).remove(signal);
  await clearWay(mqttWay(broker, '', { clock, logger }), person, owner, clock, signal);
}

/** A broker that was only just opened is not connected at once. */
async function connected(broker: Broker, signal: AbortSignal): Promise<void> {
  if (broker.isConnected) return;
  const { promise, resolve } = Promise.withResolvers<undefined>();
  const end = broker.onConnected((isConnected) => {
    if (isConnected) resolve(undefined);
  });
  try {
    await waitFor(promise, signal);
  } finally {
    end();
  }
}
