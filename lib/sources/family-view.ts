import type { EndpointKey } from '../catalogue/endpoints';
import type { AccountSession } from '../sync/account-session';
import { isFetched } from '../sync/engine-options';
import { FamilyBook } from '../sync/family-book';
import { localDay } from '../sync/local-day';
import { personZone } from '../sync/person-zone';
import type { AnswerContext } from './answer-query';

/** What is known of a family right now, also while Oura has not answered yet in this run. */
export function familyView(session: AccountSession, endpoint: EndpointKey): AnswerContext {
  const { host, connection, config } = session;
  const enabled = isFetched(config.engine, endpoint);
  if (host?.engine !== null && host?.engine !== undefined) {
    const { zone, today } = host.engine;
    return { endpoint, zone, today, family: host.engine.family(endpoint) };
  }
  const now = connection?.clock.now() ?? null;
  const zone = host === null ? zoneOf(config.engine.zone) : personZone(config.engine.zone, host.keeper.current.documents);
  const family = host === null ? FamilyBook.fresh(enabled) : new FamilyBook(host.keeper, () => enabled).get(endpoint);
  return { endpoint, zone, today: now === null ? '' : localDay(now, zone), family };
}

function zoneOf(wanted: string): string {
  return wanted === '' ? 'system' : wanted;
}
