import type { PersonModel } from './person-model';
import { score } from './score';
import type { SleepFigures } from './sleep-figures';

/** Sleep score and contributors as daily_sleep names them. */
export interface SleepScore {
  readonly score: number;
  readonly contributors: Readonly<Record<keyof typeof WEIGHTS, number>>;
}

const WEIGHTS = {
  total_sleep: 0.33,
  efficiency: 0.12,
  restfulness: 0.12,
  rem_sleep: 0.13,
  deep_sleep: 0.13,
  latency: 0.07,
  timing: 0.1,
} as const;
const BEST_MIDDLE = 3;

/** Scores of a night from its figures. Oura's formula is not public: shape and weights are ours. */
export function sleepScore(model: PersonModel, day: number, figures: SleepFigures): SleepScore {
  const { bedHour, wakeHour } = model.timing(day);
  const hours = figures.total / 3600;
  const minutes = figures.latency / 60;
  const contributors = {
    deep_sleep: score(20 + (figures.deep / 60) * 0.95),
    efficiency: score(95 + 2.6 * (figures.efficiency - 91)),
    latency: score(minutes < 5 ? 62 + 6 * minutes : 98 - 1.6 * Math.abs(minutes - 14)),
    rem_sleep: score(15 + (figures.rem / 60) * 0.85),
    restfulness: score(112 - (38 * figures.restless) / (figures.inBed / 300)),
    timing: score(100 - 14 * Math.abs((bedHour + wakeHour) / 2 - BEST_MIDDLE) ** 1.4),
    total_sleep: score(hours < 8 ? 93 - 20 * (8 - hours) : 93 + 4 * (hours - 8)),
  };
  const names = Object.keys(WEIGHTS) as (keyof typeof WEIGHTS)[]; // Object.keys forgets the literal keys
  const sum = names.reduce((total, name) => total + WEIGHTS[name] * contributors[name], 0);
  return { score: score(sum), contributors };
}
