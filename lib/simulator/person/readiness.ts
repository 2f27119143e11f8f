import { clamp } from './clamp';
import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { score } from './score';
import type { SleepFigures } from './sleep-figures';
import { sleepScore } from './sleep-score';
import { TOPICS } from './topics';
import { trainingLoad } from './training-load';

/** Readiness as daily_readiness and the night's own document name it. */
export interface Readiness {
  readonly contributors: Readonly<Record<string, number | null>>;
  readonly score: number;
  readonly temperature_deviation: number | null;
  readonly temperature_trend_deviation: number | null;
}

const WEIGHTS = {
  activity_balance: 0.07,
  body_temperature: 0.14,
  hrv_balance: 0.13,
  previous_day_activity: 0.06,
  previous_night: 0.26,
  recovery_index: 0.08,
  resting_heart_rate: 0.17,
  sleep_balance: 0.13,
} as const;
/** Days before a baseline exists. */
const BASELINE_DAYS = { temperature: 3, trend: 14, hrv: 21 } as const;
/** Contributor sleep_regularity is newer than the rest: 2025-06-01. */
const REGULARITY_SINCE = 20240;

/** Readiness of a night. Oura's formula is not public: shape and weights are ours. */
export function readinessOf(model: PersonModel, day: number, figures: SleepFigures): Readiness {
  const deviation = missing(model, day, 0, 0.014, BASELINE_DAYS.temperature) ? null : model.body(day).temperature;
  const trend = missing(model, day, 1, 0.035, BASELINE_DAYS.trend) ? null : trendOf(model, day);
  const nights = Array.from({ length: 14 }, (_, k) => day - k);
  const contributors = {
    activity_balance: missing(model, day, 2, 0.002, 1) ? null : score(92 - 5 * Math.abs(trainingLoad.week(model, day - 1) - 4.5)),
    body_temperature: deviation === null ? null : Math.round(clamp(100 - 92 * Math.max(0, Math.abs(deviation) - 0.16), 0, 100)),
    hrv_balance: hrvBalance(model, day, nights),
    previous_day_activity:
      !model.worn(day - 1) || missing(model, day, 3, 0.003, 1) ? null : score(95 - 22 * Math.abs(trainingLoad.on(model, day - 1) - 0.7)),
    previous_night: missing(model, day, 4, 0.004, 0) ? null : previousNight(model, day, figures),
    recovery_index: figures.lowestAt === null ? null : score(25 + 13 * (1 - figures.lowestAt) * (figures.inBed / 3600)),
    resting_heart_rate: figures.lowestHeart === null ? null : score(90 - 6.5 * (figures.lowestHeart - model.profile.heart - 1.5)),
    sleep_balance: score(92 + 34 * (mean(nights.map((night) => model.timing(night).asleep)) - model.profile.need)),
    ...(day >= REGULARITY_SINCE && { sleep_regularity: regularity(model, nights) }),
  };
  return { contributors, score: weighted(contributors), temperature_deviation: deviation, temperature_trend_deviation: trend };
}

/** The sleep score, and how long the night was for this person. */
function previousNight(model: PersonModel, day: number, figures: SleepFigures): number {
  return score(28 + 0.7 * sleepScore(model, day, figures).score + 13 * (figures.total / 3600 - model.profile.need));
}

function missing(model: PersonModel, day: number, n: number, part: number, baselineDays: number): boolean {
  return day - model.first < baselineDays || model.chance.unit(TOPICS.readiness, day, n) < part;
}

function trendOf(model: PersonModel, day: number): number {
  return roundTo(mean([day, day - 1, day - 2].map((night) => model.body(night).temperature)), 2);
}

function hrvBalance(model: PersonModel, day: number, nights: readonly number[]): number | null {
  const worn = nights.filter((night) => model.worn(night));
  if (worn.length < 7 || missing(model, day, 5, 0.02, BASELINE_DAYS.hrv)) return null;
  const logs = worn.slice(0, 10).map((night) => Math.log(model.body(night).hrv));
  return score(80 + 110 * (mean(logs) - Math.log(model.profile.hrv) + 0.05));
}

function regularity(model: PersonModel, nights: readonly number[]): number {
  const middles = nights.map((night) => (model.timing(night).bedHour + model.timing(night).wakeHour) / 2);
  const centre = mean(middles);
  return score(108 - 32 * Math.sqrt(mean(middles.map((middle) => (middle - centre) ** 2))));
}

function weighted(contributors: Readonly<Record<keyof typeof WEIGHTS, number | null>>): number {
  let sum = 0;
  let weights = 0;
  for (const [name, weight] of Object.entries(WEIGHTS)) {
    const value = contributors[name as keyof typeof WEIGHTS]; // entries forget the literal keys
    if (value === null) continue;
    sum += weight * value;
    weights += weight;
  }
  return score(sum / weights);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
