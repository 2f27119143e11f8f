import type { MetricKey } from '../catalogue/metrics';
import { comparedToday } from './compared-today';
import { dataProblem } from './data-problem';
import type { EntityRow } from './entity-row';
import { inBed } from './in-bed';
import type { JudgementInputs, Verdict } from './verdict';

/** One row is one yes or no about the person. */
export interface Judgement extends EntityRow {
  readonly component: 'binary_sensor';
  /** Metrics it rests on: it is published only where their families are. */
  readonly reads: readonly MetricKey[];
  /** Pure. */
  readonly judge: (inputs: JudgementInputs) => Verdict;
}

const plain = { component: 'binary_sensor', deviceClass: null, category: null, enabledByDefault: true } as const;

/** What is said of a person by Oura's values and their own thresholds. Keys share the name space of the metrics and never change. */
export const JUDGEMENTS = {
  in_bed: { ...plain, icon: 'mdi:bed', reads: ['heart_rate', 'bedtime_start'], judge: (inputs) => inBed(inputs, 'in_bed') },
  sleeping: { ...plain, icon: 'mdi:sleep', reads: ['heart_rate', 'bedtime_start'], judge: (inputs) => inBed(inputs, 'sleeping') },
  activity_goal_met: {
    ...plain,
    icon: 'mdi:flag-checkered',
    reads: ['activity_goal_progress'],
    judge: (inputs) => comparedToday(inputs, 'activity_goal_progress', 'target_activity_progress', (value, goal) => value >= goal),
  },
  recovery_needed: {
    ...plain,
    icon: 'mdi:battery-heart',
    reads: ['readiness_score'],
    judge: (inputs) => comparedToday(inputs, 'readiness_score', 'alert_readiness_score', (value, limit) => value < limit),
  },
  high_stress: {
    ...plain,
    icon: 'mdi:head-heart-outline',
    reads: ['stress_high'],
    judge: (inputs) => comparedToday(inputs, 'stress_high', 'alert_stress_high', (value, limit) => value > limit),
  },
  optimal_readiness: {
    ...plain,
    icon: 'mdi:gauge-full',
    reads: ['readiness_score'],
    judge: (inputs) => comparedToday(inputs, 'readiness_score', 'target_readiness_score', (value, goal) => value >= goal),
  },
  temperature_elevated: {
    ...plain,
    icon: 'mdi:thermometer-high',
    reads: ['temperature_deviation'],
    judge: (inputs) => comparedToday(inputs, 'temperature_deviation', 'alert_temperature_deviation', (value, limit) => value > limit),
  },
  data_problem: {
    ...plain,
    icon: 'mdi:database-alert-outline',
    deviceClass: 'problem',
    category: 'diagnostic',
    reads: [],
    judge: dataProblem,
  },
} as const satisfies Record<string, Judgement>;

export type JudgementKey = keyof typeof JUDGEMENTS;

/** All keys of judgements, in the table's order. */
export const JUDGEMENT_KEYS = Object.keys(JUDGEMENTS) as readonly JudgementKey[]; // Object.keys forgets the literal keys

/** The table's row under its general type. */
export function judgementOf(key: JudgementKey): Judgement {
  return JUDGEMENTS[key];
}
