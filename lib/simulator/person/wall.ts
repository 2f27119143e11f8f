import type { PersonModel } from './person-model';
import { MS } from './units';

/** The instant (epoch ms, whole seconds) of a clock hour on a day, where the person is. */
export function wall(model: PersonModel, day: number, hour: number): number {
  return model.offsets(day).instant(day * MS.day + Math.round(hour * 3600) * MS.second);
}
