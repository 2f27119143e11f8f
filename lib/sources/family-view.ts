import type { EndpointKey } from '../catalogue/endpoints';
import type { AccountSession } from '../sync/account-session';
import { isFetched, keepFromOf, zoneOfChoice } from '../sync/engine-options';
import { FamilyBook } from '../sync/family-book';
import { localDay } from '../sync/local-day';
import { personZone } from '../sync/person-zone';
import type { AnswerContext } from './answer-query';

/** What is known of a family right now, also while Oura has not answered yet in this run. */
export function familyView(session: AccountSession, endpoint: EndpointKey): AnswerContext {
  const { host, connection, config } = session;
  const enabled = isFetched(config.engine, endpoint);
  const keepFrom = (today: string): string => keepFromOf(config.engine, endpoint, host?.keeper.current.kind ?? config.storage, today);
  if (host?.engine !== null && host?.engine !== undefined) {
    const { zone, today } = host.engine;
    return { endpoint, zone, today, family: host.engine.family(endpoint), keepFrom: keepFrom(today) };
  }
  const now = connection?.clock.now() ?? null;
  const zone = host === null ? zoneOfChoice(config.engine) : personZone(config.engine.zone, host.keeper.current.documents);
  const family = host === null ? FamilyBook.fresh(enabled) : new FamilyBook(host.keeper, () => enabled).get(endpoint);
  if (now === null) return { endpoint, zone, today: '', family, keepFrom: '' };
  const today = localDay(now, zone);
  return { endpoint, zone, today, family, keepFrom: keepFrom(today) };
}
