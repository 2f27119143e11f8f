import type { EntityTransport } from '../home/entity-transport';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import type { Logger } from '../ports/logger';
import type { MessageAccount } from '../sources/source-message';
import { BusEvents } from './bus-events';
import type { EventKey } from './event-rows';
import type { Happening } from './happenings/happening';

/** What the node's output says of a happening. */
export interface EventMessage {
  /** `oura/<slug>/event/<event key>`, `oura/<slug>/alert/<alert key>` */
  readonly topic: string;
  readonly payload: Readonly<Record<string, unknown>> & { readonly event_type: string };
  readonly oura: { readonly account: MessageAccount; readonly event: EventKey; readonly seenAt: string };
}

export interface HomeEventsPorts {
  readonly transport: Pick<EntityTransport, 'fire'>;
  /** Null = no connection: event entities and messages only. */
  readonly homeAssistant: HomeAssistant | null;
  /** Real time; the happenings bring that of the account. */
  readonly clock: Clock;
  readonly logger: Logger;
  readonly account: () => MessageAccount;
  readonly send: (message: EventMessage) => void;
}

/** Tells a happening wherever it is heard: as an event entity, on Home Assistant's bus, and as a message. */
export class HomeEvents {
  readonly #ports: HomeEventsPorts;
  readonly #bus: BusEvents | null;

  constructor(ports: HomeEventsPorts) {
    this.#ports = ports;
    this.#bus = ports.homeAssistant === null ? null : new BusEvents(ports.homeAssistant, ports.clock, ports.logger);
  }

  /** Events that never reached Home Assistant's bus. */
  get lost(): number {
    return this.#bus?.lost ?? 0;
  }

  /** @returns ends it */
  start(): () => void {
    return this.#bus?.start() ?? ((): void => undefined);
  }

  tell({ key, eventType, busEvent, topic, attributes, at, isLate }: Happening): void {
    const account = this.#ports.account();
    const { id, ...who } = account;
    const seenAt = new Date(at).toISOString();
    if (!isLate) this.#ports.transport.fire({ key, eventType, attributes });
    this.#bus?.fire(busEvent, { ...attributes, event_type: eventType, seen_at: seenAt, account: id, ...who });
    this.#ports.send({
      topic: `oura/${account.slug}/${topic}`,
      payload: { event_type: eventType, ...attributes },
      oura: { account, event: key, seenAt },
    });
  }
}
