import { at } from './at';
import { CLASS, type ActivityBlock } from './activity-blocks';
import type { Profile } from './profile';

/** Sums of an activity day. Seconds and MET minutes by class, kcal, metres. */
export interface ActivityFigures {
  readonly met: readonly number[];
  readonly classes: string;
  /** Index = class. */
  readonly seconds: readonly number[];
  readonly metMinutes: readonly number[];
  readonly steps: number;
  readonly activeCalories: number;
  readonly totalCalories: number;
  readonly walkingMetres: number;
  readonly alerts: number;
}

const MINUTES = 5;
const MINUTES_A_DAY = 1440;
/** MET at the lower end and width of each class: sedentary below 1.5, low to 3, medium to 6. */
const MET: readonly (readonly [number, number])[] = [
  [0.1, 0],
  [0.9, 0.1],
  [1.1, 0.35],
  [1.6, 1.3],
  [3.1, 2.7],
  [6.2, 3.6],
];
/** Steps per minute in each class: everyday life, walking and running, other sports. */
const STEPS: Readonly<Record<'life' | 'foot' | 'other', readonly number[]>> = {
  life: [0, 0, 0.6, 15, 92, 150],
  foot: [0, 0, 0, 40, 108, 162],
  other: [0, 0, 0, 4, 18, 26],
};
/** Minutes of sitting in a row that make an inactivity alert. */
const ALERT_BLOCKS = 10;

/** Figures of the blocks known so far; `random` is a stream of its own, used minute by minute. */
export function activityFigures(blocks: readonly ActivityBlock[], profile: Profile, random: () => number): ActivityFigures {
  const met: number[] = [];
  const seconds = [0, 0, 0, 0, 0, 0];
  const metMinutes = [0, 0, 0, 0, 0, 0];
  let steps = 0;
  let burnt = 0;
  for (const { class: kind, sport } of blocks) {
    const [low, width] = at(MET, kind);
    const pace = at(STEPS[sport === null ? 'life' : sport === 'running' || sport === 'walking' ? 'foot' : 'other'], kind);
    seconds[kind] = at(seconds, kind) + MINUTES * 60;
    for (let minute = 0; minute < MINUTES; minute += 1) {
      const value = Math.round(10 * (low + width * random())) / 10;
      met.push(value);
      metMinutes[kind] = at(metMinutes, kind) + value;
      steps += pace * (0.8 + 0.4 * random());
      if (kind >= CLASS.low) burnt += ((value - 1) * profile.weight * 3.5) / 200; // kcal a minute, Compendium of Physical Activities
    }
  }
  return {
    met,
    classes: blocks.map((block) => block.class).join(''),
    seconds,
    metMinutes: metMinutes.map(Math.round),
    steps: Math.round(steps),
    activeCalories: Math.round(burnt),
    totalCalories: Math.round(burnt + (profile.restingCalories * met.length) / MINUTES_A_DAY),
    walkingMetres: Math.round(burnt * 15 + 0.2 * steps),
    alerts: alertsOf(blocks),
  };
}

function alertsOf(blocks: readonly ActivityBlock[]): number {
  let alerts = 0;
  let sitting = 0;
  for (const block of blocks) {
    sitting = block.class === CLASS.inactive ? sitting + 1 : 0;
    if (sitting === ALERT_BLOCKS) {
      alerts += 1;
      sitting = 0;
    }
  }
  return alerts;
}
