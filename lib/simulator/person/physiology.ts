import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { slow } from './slow';
import { TOPICS } from './topics';
import { trainingLoad } from './training-load';

/** How the body is in the night that ends on a day, and how hard the day after was. */
export interface Physiology {
  /** Lowest heart rate aimed at, bpm; typical RMSSD, ms. */
  readonly heart: number;
  readonly hrv: number;
  /** Deviation of the skin temperature from the person's own mean, °C. */
  readonly temperature: number;
  /** breaths per minute, in steps of 1/8 */
  readonly breath: number;
  /** Hours of sleep missed in the night before. */
  readonly debt: number;
}

/**
 * Heart rate goes up and HRV down together, with illness, drinks, hard days and short nights before
 * (directions after Alavi 2022, Mason 2022, Buchheit 2014; sizes are ours).
 */
export function physiologyOf(model: PersonModel, day: number): Physiology {
  const { chance, profile } = model;
  const ill = model.illness(day);
  const { party } = model.timing(day);
  const missed = profile.need - model.timing(day - 1).asleep;
  const debt = missed > 0 ? missed : 0.3 * missed;
  const load = trainingLoad.on(model, day - 1);
  const shared = slow.drift(chance, TOPICS.slowHeart, day, 17) + 0.9 * slow.memory(chance, TOPICS.heart, day);
  const drinks = party ? 0.7 + 0.6 * chance.unit(TOPICS.party, day, 2) : 0;
  const heart =
    profile.heart +
    1.2 * debt +
    5 * drinks +
    7.5 * ill +
    1.6 * load +
    1.1 * shared +
    0.6 * slow.winter(day) +
    0.7 * chance.normal(TOPICS.heart, day, 1);
  const lnHrv =
    Math.log(profile.hrv) - 0.06 * debt - 0.24 * drinks - 0.34 * ill - 0.07 * load - 0.07 * shared + 0.11 * chance.normal(TOPICS.hrv, day);
  const temperature = 0.13 * chance.normal(TOPICS.temperature, day) + 1.05 * ill + 0.18 * drinks + cycleWarmth(model, day);
  const breath = profile.breath + 1.3 * ill + 0.22 * chance.normal(TOPICS.breath, day) + 0.1 * shared;
  return { heart, hrv: Math.exp(lnHrv), temperature: roundTo(temperature, 2), breath: Math.round(breath * 8) / 8, debt };
}

/** The luteal phase is about 0.3 °C warmer (Maijala 2019). */
function cycleWarmth(model: PersonModel, day: number): number {
  const { cycleDays, cyclePhase } = model.profile;
  if (cycleDays === 0) return 0;
  const position = (day + cyclePhase) % cycleDays;
  return position >= cycleDays - 13 ? 0.16 : -0.14;
}
