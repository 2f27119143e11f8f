import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { spread } from './spread';
import { TOPICS } from './topics';
import { MS } from './units';

const STEP_MS = 5 * MS.second;

/** Heart rate every five seconds of a guided session, bpm with one decimal, slowing down; null = gap. */
export function sessionHeart(model: PersonModel, day: number, event: DayEvent): readonly (number | null)[] {
  const random = model.chance.stream(TOPICS.sessionSamples, day);
  const base = model.body(day).heart + 14;
  const count = Math.round((event.end - event.start) / STEP_MS);
  return Array.from({ length: count }, (_, i) => {
    const bpm = base - (4 * i) / count + 1.5 * spread(random);
    return random() < 0.02 ? null : roundTo(bpm, 1);
  });
}
