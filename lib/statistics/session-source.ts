import type { EndpointKey } from '../catalogue/endpoints';
import { familyReport } from '../sources/family-report';
import { familyView } from '../sources/family-view';
import type { AccountSession } from '../sync/account-session';
import { historyFromOf } from '../sync/engine-options';
import { addDays, later, localDay } from '../sync/local-day';
import type { PersonHost } from '../sync/person-host';
import type { FamilyDays, StatisticsSource } from './statistics-source';

/** What an account knows of its person, as the source of statistics. */
export function sessionSource(session: AccountSession, host: PersonHost, now: () => number): StatisticsSource {
  return {
    get store() {
      return host.keeper.current;
    },
    write: (work) => {
      host.keeper.write(work);
    },
    get zone() {
      return familyView(session, 'sleep').zone;
    },
    chosenZone: session.config.engine.zone,
    now,
    days: (endpoint) => familyDays(session, host, endpoint),
  };
}

function familyDays(session: AccountSession, host: PersonHost, endpoint: EndpointKey): FamilyDays {
  const { family, keepFrom, zone, today } = familyView(session, endpoint);
  const { reached, lastSuccessAt } = family;
  const wantedFrom = later(historyFromOf(session.config.engine, host.keeper.current.kind, today), keepFrom);
  const { reason } = familyReport(session, endpoint);
  return {
    from: reached === null ? null : later(reached, keepFrom),
    isComplete: reached !== null && reached <= wantedFrom,
    overThrough: lastSuccessAt === null ? null : addDays(localDay(lastSuccessAt, zone), -1),
    reason: LATE.includes(reason ?? '') ? null : reason,
  };
}

/** Reasons that say something about the newest day only. */
const LATE: readonly string[] = ['not_worn', 'not_synced'];
