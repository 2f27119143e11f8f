import type { EndpointKey } from '../../catalogue/endpoints';
import type { ControlKey } from '../../catalogue/controls';
import { judgeBattery } from './judge-battery';
import { judgeIllnessSign, TEMPERATURE } from './judge-illness-sign';
import { judgeLimit } from './judge-limit';
import { judgeNoData } from './judge-no-data';
import { judgeRestingHeartRate } from './judge-resting-heart-rate';
import { judgeSignIn } from './judge-sign-in';
import type { AlertInputs, Judgement } from './judgement';

/** One row is one alert. */
export interface AlertRow {
  /** Whether it is notified of at the level `important` too. */
  readonly important: boolean;
  /** Each day's own data may be alerted of: neither an alert that goes on nor the cool-down of the day before keeps it back. */
  readonly daily: boolean;
  /** What becomes of its notification at the end; `none`: another notification says the same. */
  readonly notice: 'dismiss' | 'replace' | 'none';
  /** Families it is judged by; all of them must be published. */
  readonly families: readonly EndpointKey[];
  /** The person's limits. */
  readonly limits: readonly ControlKey[];
  readonly judge: (inputs: AlertInputs) => Judgement;
}

const night = { important: false, daily: false, notice: 'dismiss' } as const;
const body = { important: true, daily: false, notice: 'replace' } as const;
const today = { important: false, daily: true, notice: 'dismiss' } as const;

/** All alerts. Keys never change. */
export const ALERT_ROWS = {
  readiness: {
    ...night,
    families: ['daily_readiness'],
    limits: ['alert_readiness_score'],
    judge: (inputs) => judgeLimit({ metric: 'readiness_score', limit: 'alert_readiness_score', when: 'below', margin: 0 }, inputs),
  },
  sleep: {
    ...night,
    families: ['daily_sleep'],
    limits: ['alert_sleep_score'],
    judge: (inputs) => judgeLimit({ metric: 'sleep_score', limit: 'alert_sleep_score', when: 'below', margin: 0 }, inputs),
  },
  stress: {
    ...today,
    families: ['daily_stress'],
    limits: ['alert_stress_high'],
    judge: (inputs) => judgeLimit({ metric: 'stress_high', limit: 'alert_stress_high', when: 'from', margin: 0 }, inputs),
  },
  temperature: {
    ...body,
    families: ['daily_readiness'],
    limits: ['alert_temperature_deviation'],
    judge: (inputs) => judgeLimit(TEMPERATURE, inputs),
  },
  resting_heart_rate: { ...body, families: ['sleep'], limits: ['alert_resting_heart_rate'], judge: judgeRestingHeartRate },
  illness_sign: {
    ...body,
    families: ['daily_readiness', 'sleep'],
    limits: ['alert_temperature_deviation', 'alert_resting_heart_rate'],
    judge: judgeIllnessSign,
  },
  goal: {
    ...today,
    families: ['daily_activity'],
    limits: ['target_activity_progress'],
    judge: (inputs) => judgeLimit({ metric: 'activity_goal_progress', limit: 'target_activity_progress', when: 'from', margin: 0 }, inputs),
  },
  battery: {
    important: true,
    daily: false,
    notice: 'dismiss',
    families: ['ring_battery_level'],
    limits: ['alert_ring_battery_level'],
    judge: judgeBattery,
  },
  no_data: { ...body, families: [], limits: ['alert_days_without_data'], judge: judgeNoData },
  sign_in: { important: true, daily: false, notice: 'none', families: [], limits: [], judge: judgeSignIn },
} as const satisfies Record<string, AlertRow>;

export type AlertKey = keyof typeof ALERT_ROWS;

/** All alert keys, in the table's order. */
export const ALERT_KEYS = Object.keys(ALERT_ROWS) as readonly AlertKey[]; // Object.keys forgets the literal keys

/** The table's row under its general type. */
export function alertRowOf(key: AlertKey): AlertRow {
  return ALERT_ROWS[key];
}
