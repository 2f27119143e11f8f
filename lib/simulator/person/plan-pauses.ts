import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';
import { wall } from './wall';

const SESSIONS = ['breathing', 'meditation', 'meditation', 'relaxation', 'rest', 'body_status'] as const;

/** Guided sessions on some days, and the few times somebody watches the live heart rate. */
export function planPauses(model: PersonModel, day: number): readonly DayEvent[] {
  const { chance } = model;
  const events: DayEvent[] = [];
  if (chance.unit(TOPICS.session, day) < 0.17) {
    const hour = chance.unit(TOPICS.session, day, 1) < 0.6 ? 19.2 : 10;
    const start = wall(model, day, hour + 0.8 * chance.unit(TOPICS.session, day, 2));
    const length = 5 * Math.round(chance.between(36, 220, TOPICS.session, day, 3)) * MS.second;
    events.push({ kind: 'session', start, end: start + length, what: chance.pick(SESSIONS, TOPICS.session, day, 4), effort: 0 });
  }
  if (chance.unit(TOPICS.live, day) < 0.06) {
    const start = wall(model, day, chance.between(9, 20, TOPICS.live, day, 1));
    events.push({ kind: 'live', start, end: start + 60 * MS.second, what: 'live', effort: 0 });
  }
  return events;
}
