import type { PersonModel } from './person-model';
import { slow } from './slow';
import { TOPICS } from './topics';

/** How active a person is on a day beside workouts: 1 is usual, never below 0.25. */
export function activeness(model: PersonModel, day: number): number {
  return Math.max(0.25, 1 + 0.22 * slow.memory(model.chance, TOPICS.activeness, day) - 0.55 * model.illness(day));
}
