import { civil } from './civil';
import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';
import { slow } from './slow';
import { TOPICS } from './topics';
import { MS } from './units';
import { wall } from './wall';

/** Workouts of a day: on the person's training days, more in good weeks; walks now and then; none when ill. */
export function planWorkouts(model: PersonModel, day: number): readonly DayEvent[] {
  const { chance, profile } = model;
  const ill = model.illness(day);
  const draw = (n: number): number => chance.unit(TOPICS.workout, day, n);
  const form = slow.drift(chance, TOPICS.training, day, 14);
  const likely = profile.trainingDays.includes(civil.weekday(day)) ? 0.78 + 0.12 * form : 0.18 + 0.08 * form;
  const events: DayEvent[] = [];
  if (ill < 0.2 && draw(0) < likely) events.push(training(model, day, draw));
  if (ill < 0.6 && draw(6) < 0.25) {
    const start = wall(model, day, 12 + 2 * draw(7));
    const minutes = 15 + Math.floor(30 * draw(8));
    events.push({ kind: 'workout', start, end: start + minutes * MS.minute, what: 'walking', effort: 1 });
  }
  return events;
}

function training(model: PersonModel, day: number, draw: (n: number) => number): DayEvent {
  const { free, wake } = model.timing(day);
  const what = model.chance.pick(model.profile.favourites, TOPICS.workout, day, 1);
  const morning = free && draw(2) < 0.6;
  const start = morning ? wake + Math.round((0.75 + draw(3)) * 3600) * MS.second : wall(model, day, 17 + 0.8 * draw(3));
  const minutes = 40 + Math.floor(55 * draw(4));
  const effort = what === 'walking' || what === 'yoga' ? 1 : draw(5) < 0.35 ? 3 : 2;
  return { kind: 'workout', start, end: start + minutes * MS.minute + Math.floor(60 * draw(9)) * MS.second, what, effort };
}
