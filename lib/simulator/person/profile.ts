import type { Chance } from './chance';
import { roundTo } from './round-to';
import { TOPICS } from './topics';

/** What stays the same about a person. Hours are local clock hours, negative = before midnight. */
export interface Profile {
  readonly sex: 'female' | 'male';
  readonly age: number;
  /** kg, m */
  readonly weight: number;
  readonly height: number;
  /** Clock hour of going to bed before a working day. */
  readonly bedHour: number;
  /** Clock hour of the alarm on working days. */
  readonly alarmHour: number;
  /** Hours of sleep when nothing interferes. */
  readonly need: number;
  /** Typical lowest heart rate of a night, bpm, and RMSSD of a night, ms. */
  readonly heart: number;
  readonly hrv: number;
  /** breaths per minute */
  readonly breath: number;
  /** Days of the menstrual cycle and its phase; 0 = none. */
  readonly cycleDays: number;
  readonly cyclePhase: number;
  /** Weekdays (0 Sunday) with training. */
  readonly trainingDays: readonly number[];
  readonly favourites: readonly string[];
  /** kcal a day at rest (Mifflin & St Jeor 1990). */
  readonly restingCalories: number;
  readonly vo2Max: number;
}

const SPORTS = ['running', 'cycling', 'strength_training', 'swimming', 'walking', 'crossCountrySkiing', 'yoga'] as const;

const INDOORS = ['strength_training', 'yoga'] as const;

/** The person's traits, decided by the seed. */
export function profileOf(chance: Chance): Profile {
  const draw = (n: number, low: number, high: number): number => chance.between(low, high, TOPICS.profile, 0, n);
  const sex = draw(0, 0, 1) < 0.5 ? 'female' : 'male';
  const age = Math.floor(draw(1, 26, 58));
  const height = roundTo(draw(2, 1.6, 1.78) + (sex === 'male' ? 0.12 : 0), 2);
  const weight = roundTo(height * height * draw(3, 20.5, 27), 1);
  const start = Math.floor(draw(4, 0, 7));
  const cycles = sex === 'female' && draw(5, 0, 1) < 0.6;
  return {
    sex,
    age,
    weight,
    height,
    bedHour: draw(6, -1.6, -0.5),
    alarmHour: draw(7, 6.2, 7.2),
    need: draw(8, 7.3, 8.1),
    heart: draw(9, 46, 56),
    hrv: draw(10, 34, 68),
    breath: draw(11, 13.2, 16),
    cycleDays: cycles ? Math.round(draw(12, 26, 31)) : 0,
    cyclePhase: Math.floor(draw(13, 0, 26)),
    trainingDays: [start % 7, (start + 2) % 7, (start + 4) % 7, (start + 5) % 7],
    favourites: [chance.pick(SPORTS, TOPICS.profile, 0, 14), 'running', chance.pick(INDOORS, TOPICS.profile, 0, 15)],
    restingCalories: Math.round(10 * weight + 625 * height - 5 * age + (sex === 'male' ? 5 : -161)),
    vo2Max: draw(16, 34, 48),
  };
}
