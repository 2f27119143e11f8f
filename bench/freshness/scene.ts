import { DateTime } from 'luxon';
import { SimulatedPerson, type LivedDay } from '../../lib/simulator/person/simulated-person';
import { cloudChanges, type CloudChange } from './cloud-changes';
import type { PersonOptions } from '../../lib/simulator/types';
import type { Scenario, Span } from './scenarios';

/** A Monday in winter; the sixty days reach beyond the change to daylight saving. */
const FIRST_DAY = '2026-02-02';
/** Where everybody lives. Programs that run this set TZ to it. */
export const HOME_ZONE = 'Europe/Helsinki';
/** Days with data before the account is made. */
const EARLIER_DAYS = 60;
/** The account is made so long before the first day, so that all is loaded by then. */
const FIRST_LOAD_MS = 6 * 3_600_000;

/** One person's time, and all that becomes visible in it. Instants are epoch ms. */
export interface Scene {
  readonly scenario: Scenario;
  readonly person: SimulatedPerson;
  /** What decides everything about the person. */
  readonly personOptions: PersonOptions;
  /** When the account is made, when the days of learning begin, when those that count begin, and when all ends. */
  readonly start: number;
  readonly learnFrom: number;
  readonly from: number;
  readonly to: number;
  readonly outage: Span | null;
  readonly silences: readonly Span[];
  readonly changes: readonly CloudChange[];
  readonly days: readonly LivedDay[];
  /** Beginnings of the local days at home. */
  readonly midnights: readonly number[];
}

/** @param days that count @param warmUp days of learning before them */
export function sceneOf(scenario: Scenario, days: number, warmUp: number): Scene {
  const monday = DateTime.fromISO(FIRST_DAY, { zone: HOME_ZONE });
  const dayOf = (n: number): DateTime => monday.plus({ days: warmUp + n });
  const [learnFrom, from, to] = [monday.toMillis(), dayOf(0).toMillis(), dayOf(days).toMillis()];
  const start = learnFrom - FIRST_LOAD_MS;
  const off = scenario.ringOff;
  const personOptions: PersonOptions = {
    seed: scenario.seed,
    zone: HOME_ZONE,
    firstDay: monday.minus({ days: EARLIER_DAYS }).toISODate() ?? '',
    habits: scenario.habits,
    ...(off !== null && { ringOff: [{ from: dayOf(off[0]).toISODate() ?? '', to: dayOf(off[1]).toISODate() ?? '' }] }),
  };
  const person = new SimulatedPerson(personOptions);
  const placed = (span: Span): Span => ({ from: from + span.from, to: from + span.to });
  return {
    scenario,
    person,
    personOptions,
    start,
    learnFrom,
    from,
    to,
    outage: scenario.outage === null ? null : placed(scenario.outage),
    silences: scenario.silences.map(placed),
    changes: cloudChanges(person, start, to),
    days: person.days(start, to),
    midnights: Array.from({ length: warmUp + days + 1 }, (_, n) => dayOf(n - warmUp).toMillis()),
  };
}
