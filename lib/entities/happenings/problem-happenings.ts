import type { Settings } from '../../ports/settings';
import type { AccountSession } from '../../sync/account-session';
import { ScopedSetting } from '../scoped-setting';
import type { Happening } from './happening';
import { happeningOf } from './happening-of';
import { standingList } from './is-disproved';
import { StandingProblems } from './standing-problems';

export interface ProblemHappeningsPorts {
  readonly session: AccountSession;
  readonly settings: Settings;
  /** Id of the Home Assistant that hears of them. */
  readonly scope: string;
  /** The account's time, epoch ms. */
  readonly now: () => number;
}

/** Tells by code when problems of an account begin and when they are solved. */
export function problemHappenings(ports: ProblemHappeningsPorts, deliver: (happening: Happening) => void): StandingProblems {
  const { session, settings, scope, now } = ports;
  const setting = new ScopedSetting(settings, 'problems', `${scope}/${session.config.id}`, standingList);
  const tell = (eventType: string, attributes: Happening['attributes']): void => {
    deliver(happeningOf({ key: 'problem', eventType, attributes, at: now() }, now()));
  };
  return new StandingProblems(session, setting, {
    wants: () => true,
    begun: (problem, { retry }) => {
      tell('begun', { ...problem, needs_person: retry === 'after-user-action' });
    },
    solved: (problem) => {
      tell('solved', problem);
    },
  });
}
