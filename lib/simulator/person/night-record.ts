import { hypnogram } from './hypnogram';
import { movement } from './movement';
import { nightSamples } from './night-samples';
import type { PersonModel } from './person-model';
import { sleepFigures, type SleepFigures } from './sleep-figures';
import { trimmed, type SleepRecording } from './sleep-recording';
import { spread } from './spread';
import { TOPICS } from './topics';
import { MS } from './units';

/** plain · rejected: taken for rest from the start · deleted or edited: the person deletes it, or corrects the bedtime, hours later. */
export type NightFate = 'plain' | 'rejected' | 'deleted' | 'edited';

/** The main night that ends on a day. */
export interface NightRecord {
  readonly fate: NightFate;
  readonly recording: SleepRecording;
  readonly figures: SleepFigures;
  /** After the bedtime edit; the same as above for other fates. */
  readonly edited: { readonly recording: SleepRecording; readonly figures: SleepFigures };
}

const NO_HEART = 0.02;
const NO_LATENCY = 0.01;
const NEVER_AWAKE = 0.008;

/** The recording of the night that ends on `day` and what becomes of it. */
export function nightRecord(model: PersonModel, day: number): NightRecord {
  const { bed, wake } = model.timing(day);
  const phases = phasesOf(model, day, Math.round((wake - bed) / MS.epoch));
  const random = model.chance.stream(TOPICS.samples, day);
  const body = model.body(day);
  const levels = { heart: body.heart, hrv: body.hrv, lateness: model.timing(day).party ? 0.8 : 0.25 * random() };
  const samples = nightSamples(phases, levels, random);
  const contact = model.chance.unit(TOPICS.night, day, 4) >= NO_HEART;
  const recording = { start: bed, end: wake, phases, movement: movement(phases, random), samples: contact ? samples : null };
  const fate = fateOf(model, day);
  const figures = sleepFigures(recording);
  if (fate !== 'edited') return { fate, recording, figures, edited: { recording, figures } };
  const cut = 2 + Math.floor(5 * model.chance.unit(TOPICS.amend, day, 1));
  const shorter = trimmed(recording, model.chance.unit(TOPICS.amend, day, 2) < 0.5 ? 'start' : 'end', cut);
  return { fate, recording, figures, edited: { recording: shorter, figures: sleepFigures(shorter) } };
}

function phasesOf(model: PersonModel, day: number, epochs: number): Uint8Array {
  const { chance } = model;
  const random = chance.stream(TOPICS.hypnogram, day);
  const ill = model.illness(day);
  const { party } = model.timing(day);
  const deep = 1 + 0.15 * spread(random) - (party ? 0.25 : 0) - 0.2 * ill + 0.05 * model.body(day).debt;
  const rem = 1 + 0.15 * spread(random) - (party ? 0.2 : 0) - 0.15 * ill;
  const bad = random() < 0.05 ? 0.08 : 0;
  const broken = Math.max(0.012, 0.045 + 0.02 * spread(random) + bad + (party ? 0.025 : 0) + 0.04 * ill);
  const latency = 1 + Math.round(2 * Math.max(0.5, 10 + 6 * spread(random) + (random() < 0.06 ? 20 : 0)));
  const ending = Math.floor(2 * 8 * random());
  const plan = { epochs, latency, ending, broken, deep, rem };
  if (chance.unit(TOPICS.night, day, 1) < NEVER_AWAKE) return hypnogram({ ...plan, latency: 0, ending: 0, broken: 0 }, random);
  if (chance.unit(TOPICS.night, day, 2) < NO_LATENCY) return hypnogram({ ...plan, latency: 0 }, random);
  return hypnogram(plan, random);
}

function fateOf(model: PersonModel, day: number): NightFate {
  const draw = model.chance.unit(TOPICS.fate, day);
  if (draw < 0.006) return 'rejected';
  if (draw < 0.013) return 'deleted'; // this and the next are SYNC_LAW.amended.chance
  return draw < 0.065 ? 'edited' : 'plain';
}
