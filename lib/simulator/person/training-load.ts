import type { PersonModel } from './person-model';
import { MS } from './units';

/** Effort of workouts, as pure functions of the day. */
export const trainingLoad = {
  /** Effort times hours, halved and bounded: about 0 to 2.5 a day. */
  on(model: PersonModel, day: number): number {
    let load = 0;
    for (const event of model.events(day)) if (event.kind === 'workout') load += (event.effort * (event.end - event.start)) / MS.hour / 2;
    return Math.min(load, 2.5);
  },
  /** Sum over the seven days that end with `day`. */
  week(model: PersonModel, day: number): number {
    let sum = 0;
    for (let k = 0; k < 7; k += 1) sum += trainingLoad.on(model, day - k);
    return sum;
  },
  /** Days of those seven with a workout of at least moderate effort. */
  frequency(model: PersonModel, day: number): number {
    let days = 0;
    for (let k = 0; k < 7; k += 1) if (model.events(day - k).some((event) => event.kind === 'workout' && event.effort >= 2)) days += 1;
    return days;
  },
} as const;
