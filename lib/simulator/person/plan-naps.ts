import type { DayEvent, EventKind } from './day-events';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';
import { wall } from './wall';

/** Sleep by day: naps, more after short nights; late naps that end after 18:00; and rest that was taken for sleep and rejected. */
export function planNaps(model: PersonModel, day: number): readonly DayEvent[] {
  const { chance, profile } = model;
  const tired = model.timing(day).asleep < profile.need - 1 || model.illness(day) > 0.3;
  const events: DayEvent[] = [];
  if (chance.unit(TOPICS.nap, day) < (tired ? 0.22 : 0.07)) events.push(sleepOf(model, day, 'nap', TOPICS.nap, [13, 14.6], [25, 95]));
  if (chance.unit(TOPICS.lateNap, day) < 0.05 && model.worn(day + 1)) {
    events.push(sleepOf(model, day, 'late_nap', TOPICS.lateNap, [17.2, 17.7], [52, 80]));
  }
  if (chance.unit(TOPICS.restPeriod, day) < 0.035) events.push(sleepOf(model, day, 'rest', TOPICS.restPeriod, [11.2, 16], [16, 40]));
  return events;
}

type NapTopic = typeof TOPICS.nap | typeof TOPICS.lateNap | typeof TOPICS.restPeriod;
type Range = readonly [number, number];

function sleepOf(model: PersonModel, day: number, kind: EventKind, topic: NapTopic, hours: Range, minutes: Range): DayEvent {
  const start = wall(model, day, model.chance.between(hours[0], hours[1], topic, day, 1));
  const halves = Math.round(2 * model.chance.between(minutes[0], minutes[1], topic, day, 2));
  return { kind, start, end: start + halves * MS.epoch, what: kind, effort: 0 };
}
