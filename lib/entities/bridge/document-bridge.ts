import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import { LIMITS } from '../../catalogue/limits';
import { delayUntil } from '../../async/delay-until';
import { toOuraError } from '../../errors/to-oura-error';
import type { Broker } from '../../ports/broker';
import type { Clock } from '../../ports/clock';
import type { Logger } from '../../ports/logger';
import { familyView } from '../../sources/family-view';
import type { AccountSession } from '../../sync/account-session';
import type { PersonHost } from '../../sync/person-host';
import { bridgePayload } from './bridge-payload';
import { documentTopic, isDocumentTopic } from './document-topic';
import { RetainedBoard } from './retained-board';

export interface DocumentBridgePorts {
  readonly session: AccountSession;
  readonly slug: string;
  readonly broker: Broker;
  /** Id of the node. */
  readonly owner: string;
  readonly publishes: (endpoint: EndpointKey) => boolean;
  /** Whether series (heart rate in detail) are bridged too. */
  readonly detail: boolean;
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

/** The newest document of each published family as a retained topic, for the rest of the house. */
export class DocumentBridge {
  readonly #ports: DocumentBridgePorts;
  #board: RetainedBoard | null = null;
  #wanted: ReadonlyMap<string, string> = new Map();
  #isErased = false;

  constructor(ports: DocumentBridgePorts) {
    this.#ports = ports;
  }

  /** @returns ends it; topics stay */
  start(): () => void {
    const { session, broker } = this.#ports;
    const ending = new AbortController();
    const endHost = session.withHost((host) => this.#followHost(host));
    const endErased = session.events.add((event) => {
      if (event.type === 'problem' && event.error.code === 'data_erased') void this.#erase(ending.signal); // reports its own failure
    });
    const endBroker = broker.onConnected((isConnected) => {
      if (isConnected && this.#isErased) void this.#erase(ending.signal); // reports its own failure
    });
    return () => {
      endHost();
      endErased();
      endBroker();
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
    };
  }

  /** Clears all topics this node made, when it is gone. @throws OuraError broker_away; the signal's reason */
  async remove(signal: AbortSignal): Promise<void> {
    await this.#board?.remove(signal);
  }

  #followHost(host: PersonHost): () => void {
    const { broker, slug, owner, clock, logger } = this.#ports;
    const isOurs = (topic: string): boolean => isDocumentTopic(topic, slug);
    const board = new RetainedBoard({ broker, settings: host.settings, owner, filter: `oura/${slug}/document/+`, isOurs, clock, logger });
    this.#board = board;
    this.#isErased = false;
    const ending = new AbortController();
    this.#look(host, board, ENDPOINT_KEYS);
    const endBoard = board.start();
    const unsubscribe = host.events.add((event) => {
      if (event.type !== 'synced') return;
      const { created, updated, deleted, rows } = event.outcome;
      if (created + updated + deleted + rows > 0) this.#look(host, board, [event.endpoint]);
    });
    this.#keepLooking(host, board, ending.signal).catch((error: unknown) => {
      if (!ending.signal.aborted) logger.error(`The MQTT bridge has stopped: ${toOuraError(error).message}`);
    });
    return () => {
      unsubscribe();
      endBoard();
      ending.abort(new DOMException('The person has gone.', 'AbortError'));
    };
  }

  /** Retention takes documents away without a word. */
  async #keepLooking(host: PersonHost, board: RetainedBoard, signal: AbortSignal): Promise<void> {
    const { clock } = this.#ports;
    for (;;) {
      await delayUntil(clock.now() + LIMITS.retentionEveryMs, clock, signal);
      this.#look(host, board, ENDPOINT_KEYS);
    }
  }

  #look({ keeper }: PersonHost, board: RetainedBoard, families: readonly EndpointKey[]): void {
    const { session, slug, publishes, detail } = this.#ports;
    const wanted = new Map(this.#wanted);
    for (const endpoint of families) {
      const isBridged = publishes(endpoint) && (detail || endpointOf(endpoint).kind !== 'series');
      const payload = isBridged ? bridgePayload(endpoint, keeper.current, familyView(session, endpoint).zone) : null;
      if (payload === null) wanted.delete(documentTopic(slug, endpoint));
      else wanted.set(documentTopic(slug, endpoint), payload);
    }
    this.#wanted = wanted;
    board.want(wanted);
  }

  /** Everything of the person was deleted: what was published goes too, as soon as the broker is there. */
  async #erase(signal: AbortSignal): Promise<void> {
    this.#isErased = true;
    this.#wanted = new Map();
    try {
      await this.#board?.erase(signal);
    } catch (cause) {
      const { code, message } = toOuraError(cause);
      if (!signal.aborted && code !== 'broker_away') this.#ports.logger.warn(`Topics of a deleted person are still there: ${message}`);
    }
  }
}
