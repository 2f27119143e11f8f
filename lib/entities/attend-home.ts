import type { HomeLink } from '../home/home-link';
import type { Clock } from '../ports/clock';
import type { Logger } from '../ports/logger';
import { messageAccount } from '../sources/message-account';
import type { Wording } from '../sources/status-report';
import type { AccountSession } from '../sync/account-session';
import type { AlertTexts } from './alerts/alert-notices';
import type { Attend } from './attendant';
import { DocumentBridge } from './bridge/document-bridge';
import { chosenKeys, isPublished, type Wishes } from './chosen-keys';
import type { EventMessage } from './home-events';
import { HomeTeller } from './home-teller';
import { personView } from './person-view';

export interface AttendPorts {
  readonly session: AccountSession;
  readonly slug: string;
  readonly home: HomeLink;
  /** Real time. */
  readonly clock: Clock;
  readonly logger: Logger;
}

export interface AttendOptions {
  /** Id of the node. */
  readonly owner: string;
  /** With any event what happens is told: events, alerts, notifications. */
  readonly wishes: Wishes;
  /** Whether the newest documents are bridged, and with them series. */
  readonly documents: boolean;
  readonly detail: boolean;
  /** In the language of Home Assistant. */
  readonly wording: Wording;
  readonly texts: AlertTexts;
  readonly send: (message: EventMessage) => void;
}

/** What attends a person in a Home Assistant as far as it is wanted and can be reached. */
export function attendHome(ports: AttendPorts, options: AttendOptions): readonly Attend[] {
  const { broker } = ports.home;
  return [
    ...(chosenKeys(options.wishes, ports.session.config.engine.families).events.length > 0 ? [tellerOf(ports, options)] : []),
    ...(options.documents && broker !== null ? [bridgeOf({ ...ports, broker }, options)] : []),
  ];
}

function tellerOf({ session, slug, home, clock, logger }: AttendPorts, { wording, texts, send }: AttendOptions): Attend {
  return ({ controls, transport, device }) => {
    const teller = new HomeTeller({
      session,
      homeId: home.id,
      homeAssistant: home.homeAssistant,
      transport,
      controls,
      inputs: () => personView(session),
      publishes: (endpoint) => isPublished(session.config.engine.families, endpoint),
      wording,
      texts,
      device,
      account: () => messageAccount(session, slug),
      send,
      clock,
      logger,
    });
    return {
      end: teller.start(),
      controlsChanged: () => {
        teller.controlsChanged();
      },
      remove: (signal) => teller.remove(signal),
    };
  };
}

function bridgeOf(
  { session, slug, broker, clock, logger }: AttendPorts & { readonly broker: NonNullable<HomeLink['broker']> },
  { owner, detail }: AttendOptions,
): Attend {
  return () => {
    const publishes = (endpoint: Parameters<typeof isPublished>[1]): boolean => isPublished(session.config.engine.families, endpoint);
    const bridge = new DocumentBridge({ session, slug, broker, owner, publishes, detail, clock, logger });
    return { end: bridge.start(), controlsChanged: () => undefined, remove: (signal) => bridge.remove(signal) };
  };
}
