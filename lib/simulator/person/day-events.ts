import type { PersonModel } from './person-model';
import { MS } from './units';
import { planCharging } from './plan-charging';
import { planNaps } from './plan-naps';
import { planPauses } from './plan-pauses';
import { planWorkouts } from './plan-workouts';

export type EventKind = 'charging' | 'workout' | 'nap' | 'late_nap' | 'rest' | 'session' | 'live';

/** Something with a start and an end between two nights. Epoch ms, whole seconds. */
export interface DayEvent {
  readonly kind: EventKind;
  readonly start: number;
  readonly end: number;
  /** Name of the sport or of the session. */
  readonly what: string;
  /** 0 none, 1 easy, 2 moderate, 3 hard. */
  readonly effort: number;
}

const GAP_MS = 10 * MS.minute;

/** The events of a day in order. Where two plans collide, the more important one wins: charging, workouts, naps, pauses. */
export function dayEvents(model: PersonModel, day: number): readonly DayEvent[] {
  const accepted: DayEvent[] = [];
  const from = model.timing(day).wake;
  const to = model.timing(day + 1).bed - 30 * MS.minute;
  const plans = [planCharging(model, day)];
  if (!model.moves(day)) plans.push(planWorkouts(model, day), planNaps(model, day), planPauses(model, day));
  for (const event of plans.flat()) {
    const inside = event.start >= from && event.end <= to;
    const free = accepted.every((other) => event.end + GAP_MS <= other.start || event.start >= other.end + GAP_MS);
    if (inside && free) accepted.push(event);
  }
  return accepted.toSorted((a, b) => a.start - b.start);
}
