import type { DayEvent } from './day-events';
import { hypnogram } from './hypnogram';
import { movement } from './movement';
import { nightSamples } from './night-samples';
import type { PersonModel } from './person-model';
import type { SleepRecording } from './sleep-recording';
import { TOPICS } from './topics';
import { MS } from './units';

/** The recording of a nap or rest: light sleep first, rarely REM; for most of them the heart was not measured. */
export function napRecord(model: PersonModel, day: number, event: DayEvent): SleepRecording {
  const n = event.kind === 'nap' ? 1 : event.kind === 'late_nap' ? 2 : 3;
  const random = model.chance.stream(TOPICS.hypnogram, day, n);
  const epochs = Math.round((event.end - event.start) / MS.epoch);
  const latency = 4 + Math.floor(10 * random());
  const phases = hypnogram({ epochs, latency, ending: 2 + Math.floor(4 * random()), broken: 0.05, deep: 0.3, rem: 0.5 * random() }, random);
  const body = model.body(day);
  const samples = nightSamples(phases, { heart: body.heart + 5, hrv: 0.8 * body.hrv, lateness: 0.2 }, random);
  const enough = samples.heart.some((item) => item !== null);
  return {
    start: event.start,
    end: event.end,
    phases,
    movement: movement(phases, random),
    samples: enough && random() < 0.45 ? samples : null,
  };
}
