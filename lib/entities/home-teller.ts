import type { EndpointKey } from '../catalogue/endpoints';
import { toOuraError } from '../errors/to-oura-error';
import type { EntityTransport } from '../home/entity-transport';
import type { MetricInputs } from '../metrics/metric-value';
import type { Clock } from '../ports/clock';
import type { HomeAssistant } from '../ports/home-assistant';
import type { Logger } from '../ports/logger';
import type { MessageAccount } from '../sources/source-message';
import type { Wording } from '../sources/status-report';
import type { AccountSession } from '../sync/account-session';
import type { PersonHost } from '../sync/person-host';
import { AlertBook } from './alerts/alert-book';
import { AlertNotices, type AlertTexts } from './alerts/alert-notices';
import { Alerts } from './alerts/alerts';
import type { ControlValues } from './control-values';
import { Happenings } from './happenings/happenings';
import { HomeEvents, type EventMessage } from './home-events';
import { NotificationBoard } from './notifications/notification-board';
import { ProblemNotices } from './notifications/problem-notices';

export interface HomeTellerPorts {
  readonly session: AccountSession;
  /** Id of the oura-home node: each thing is told once per person and Home Assistant. */
  readonly homeId: string;
  /** Null = broker only: no events on the bus, no notifications. */
  readonly homeAssistant: HomeAssistant | null;
  readonly transport: Pick<EntityTransport, 'fire'>;
  readonly controls: ControlValues;
  /** What metrics are read from now; null = nothing is known yet. */
  readonly inputs: () => MetricInputs | null;
  readonly publishes: (endpoint: EndpointKey) => boolean;
  /** Errors, in the language of Home Assistant. */
  readonly wording: Wording;
  /** Keys `alert.…` and `notification.…` of oura-entities, in the language of Home Assistant. */
  readonly texts: AlertTexts;
  /** `Oura <name>` */
  readonly device: string;
  readonly account: () => MessageAccount;
  readonly send: (message: EventMessage) => void;
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

/** All that is told of a person beside their states: events, alerts, and notifications of both. */
export class HomeTeller {
  readonly #ports: HomeTellerPorts;
  readonly #events: HomeEvents;
  #alerts: Alerts | null = null;
  #board: NotificationBoard | null = null;

  constructor(ports: HomeTellerPorts) {
    this.#ports = ports;
    this.#events = new HomeEvents(ports);
  }

  /** @returns ends it; notifications stay */
  start(): () => void {
    const { session, homeId: scope, publishes } = this.#ports;
    const ending = new AbortController();
    const endEvents = this.#events.start();
    const endHappenings = new Happenings({ session, scope, publishes }).follow((happening) => {
      this.#events.tell(happening);
    });
    const endHost = session.withHost((host) => this.#followHost(host));
    const endErased = session.events.add((event) => {
      if (event.type === 'problem' && event.error.code === 'data_erased') void this.#erase(ending.signal); // reports its own failure
    });
    return () => {
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
      endErased();
      endHappenings();
      endHost();
      endEvents();
    };
  }

  /** A control has changed: alerts are judged again soon. */
  controlsChanged(): void {
    this.#alerts?.changed();
  }

  /** Takes every notification away, when the node is gone. @throws OuraError home_away, home_refused; the signal's reason */
  async remove(signal: AbortSignal): Promise<void> {
    await this.#board?.remove(signal);
  }

  #followHost(host: PersonHost): () => void {
    const clock = this.#ports.session.connection?.clock;
    if (clock === undefined) return () => undefined; // a person comes with a connection
    const board = this.#boardOf(host);
    this.#board = board;
    const endBoard = board?.start();
    const endProblems = board === null ? null : this.#problemsOn(board, host).start();
    const alerts = this.#alertsOf(host, board, clock);
    this.#alerts = alerts;
    const endAlerts = alerts.start();
    return () => {
      endAlerts();
      endProblems?.();
      endBoard?.();
      this.#alerts = null;
    };
  }

  /** Everything of the person was deleted: what notifications say of them goes too. One that is away forgets them when it restarts. */
  async #erase(signal: AbortSignal): Promise<void> {
    try {
      await this.#board?.erase(signal);
    } catch (cause) {
      const { code, message } = toOuraError(cause);
      if (!signal.aborted && code !== 'home_away') this.#ports.logger.warn(`Notifications of a deleted person may be left: ${message}`);
    }
  }

  #boardOf({ settings }: PersonHost): NotificationBoard | null {
    const { homeAssistant, homeId, session, logger } = this.#ports;
    const scope = `${homeId}/${session.config.id}`;
    return homeAssistant === null ? null : new NotificationBoard({ homeAssistant, settings, scope, logger });
  }

  #problemsOn(board: NotificationBoard, { settings }: PersonHost): ProblemNotices {
    const { session, homeId: scope, wording, texts, device } = this.#ports;
    return new ProblemNotices({ session, settings, scope, board, wording, title: texts('notification.problem', { device }) });
  }

  #alertsOf({ settings, personId }: PersonHost, board: NotificationBoard | null, clock: Clock): Alerts {
    const { session, homeId, controls, inputs, publishes, texts, device, logger } = this.#ports;
    return new Alerts({
      session,
      book: new AlertBook(settings, homeId),
      controls,
      inputs,
      publishes,
      clock,
      logger,
      notices: board === null ? null : new AlertNotices({ board, personId, controls, texts, device }),
      tell: (happening) => {
        this.#events.tell(happening);
      },
    });
  }
}
