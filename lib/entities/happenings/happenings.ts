import type { EndpointKey } from '../../catalogue/endpoints';
import type { AccountSession } from '../../sync/account-session';
import type { PersonHost } from '../../sync/person-host';
import { ChangeHappenings } from './change-happenings';
import type { Happening } from './happening';
import { problemHappenings } from './problem-happenings';

export interface HappeningsPorts {
  readonly session: AccountSession;
  /** Each thing is told once per scope, the id of the oura-home node: of several nodes with one scope, to the one that listened first. */
  readonly scope: string;
  /** Whether a family may be shown in Home Assistant. */
  readonly publishes: (endpoint: EndpointKey) => boolean;
}

/** Tells what happens to a person's data: nights, workouts, sessions, tags, syncs of the ring, problems. */
export class Happenings {
  readonly #ports: HappeningsPorts;

  constructor(ports: HappeningsPorts) {
    this.#ports = ports;
  }

  /** Delivers what happens from now on, and what happened while nobody listened. @returns ends it */
  follow(deliver: (happening: Happening) => void): () => void {
    return this.#ports.session.withHost((host) => this.#followHost(host, deliver));
  }

  #followHost({ keeper, settings }: PersonHost, deliver: (happening: Happening) => void): () => void {
    const { session, scope, publishes } = this.#ports;
    const clock = session.connection?.clock;
    if (clock === undefined) return () => undefined; // a person comes with a connection
    const changes = new ChangeHappenings({ keeper, settings, scope, publishes }, clock.now());
    const problems = problemHappenings({ session, settings, scope, now: () => clock.now() }, deliver);
    problems.begin();
    changes.pull(clock.now(), deliver);
    return session.events.add((event) => {
      problems.hear(event);
      if (event.type === 'synced') changes.pull(clock.now(), deliver);
    });
  }
}
