import { clamp } from './clamp';
import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';
import { sessionHeart } from './session-heart';
import { spread } from './spread';
import { TOPICS } from './topics';
import { MS } from './units';

/** Takes one heart-rate sample: instant (epoch ms), bpm, source. */
export type EmitHeart = (instant: number, bpm: number, source: string) => void;

const STEP_MS = MS.fiveMinutes;
const FAST_STEP_MS = 5 * MS.second;
const PRESENT = 0.95;

/**
 * Heart rate from going to bed in the night that ends on `day` to going to bed again, in order:
 * the night's own samples, every five minutes by day, every five seconds in most of a workout, gaps while the ring charges.
 */
export function heartRows(model: PersonModel, day: number, emit: EmitHeart): void {
  const { wake, bed } = model.timing(day);
  const night = model.night(day).recording.samples;
  night?.heart.forEach((bpm, i) => {
    if (bpm !== null) emit(bed + i * STEP_MS, bpm, 'sleep');
  });
  const random = model.chance.stream(TOPICS.awakeHeart, day);
  const end = model.timing(day + 1).bed;
  const base = model.body(day).heart + 15 + 6 * model.illness(day);
  const events = model.events(day);
  let next = 0;
  for (let t = wake + STEP_MS; t < end; t += STEP_MS) {
    const event = events[next];
    if (event !== undefined && event.start <= t) {
      emitEvent(model, day, event, base, random, emit);
      t = Math.max(t, event.end);
      next += 1;
      continue;
    }
    const restful = random() < (end - t < 3 * MS.hour ? 0.25 : 0.08);
    const bpm = base + (restful ? -4 : 4) + 6 * Math.abs(spread(random)) + 3 * Math.sin(((t - wake) / MS.hour) * 0.4);
    if (random() < PRESENT) emit(t, Math.round(bpm), restful ? 'rest' : 'awake');
  }
}

function emitEvent(model: PersonModel, day: number, event: DayEvent, base: number, random: () => number, emit: EmitHeart): void {
  if (event.kind === 'charging') return;
  if (event.kind === 'workout') emitWorkout(event, base, random, emit);
  else if (event.kind === 'session') {
    sessionHeart(model, day, event).forEach((bpm, i) => {
      if (bpm !== null) emit(event.start + i * FAST_STEP_MS, Math.round(bpm), 'session');
    });
  } else if (event.kind === 'live') {
    for (let t = event.start; t < event.end; t += FAST_STEP_MS) emit(t, Math.round(base + 2 * spread(random)), 'live');
  } else {
    const source = event.kind === 'rest' ? 'rest' : 'sleep';
    for (let t = event.start; t < event.end; t += STEP_MS) emit(t, Math.round(base - 9 + 1.5 * spread(random)), source);
  }
}

/** The beginning of a workout is sampled every minute; then samples come every five seconds with gaps. */
function emitWorkout(event: DayEvent, base: number, random: () => number, emit: EmitHeart): void {
  const peak = base + 20 + 22 * event.effort + 6 * spread(random);
  const fastFrom = event.start + (event.effort >= 2 ? 0.1 : 0.4) * (event.end - event.start);
  let t = event.start;
  while (t < event.end) {
    const warm = clamp((t - event.start) / (8 * MS.minute), 0, 1);
    const bpm = base + (peak - base) * (0.3 + 0.7 * warm) + 4 * Math.sin((t - event.start) / 90_000) + 2 * spread(random);
    emit(t, Math.round(clamp(bpm, 45, 195)), 'workout');
    t += t < fastFrom ? MS.minute : random() < 0.004 ? 2 * MS.minute : FAST_STEP_MS;
  }
}
