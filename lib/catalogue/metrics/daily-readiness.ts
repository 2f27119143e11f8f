import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { numberField } from '../readers/number-field';

const daily = {
  endpoint: 'daily_readiness',
  pick: 'day',
  category: null,
  group: 'readiness',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'night',
  whenNull: 'no_baseline',
} as const;
const contributor = { ...daily, quantity: QUANTITIES.points, enabledByDefault: false } as const;

/** The readiness score, what it is made of, and the night's temperature deviations. */
export const DAILY_READINESS_METRICS = {
  readiness_score: { ...daily, ...numberField('score'), quantity: QUANTITIES.points, icon: 'mdi:gauge', attributes: ['contributors'] },
  readiness_contributor_activity_balance: { ...contributor, ...numberField('contributors.activity_balance'), icon: 'mdi:scale-balance' },
  readiness_contributor_body_temperature: { ...contributor, ...numberField('contributors.body_temperature'), icon: 'mdi:thermometer' },
  readiness_contributor_hrv_balance: { ...contributor, ...numberField('contributors.hrv_balance'), icon: 'mdi:heart-flash' },
  readiness_contributor_previous_day_activity: { ...contributor, ...numberField('contributors.previous_day_activity'), icon: 'mdi:run' },
  readiness_contributor_previous_night: { ...contributor, ...numberField('contributors.previous_night'), icon: 'mdi:weather-night' },
  readiness_contributor_recovery_index: { ...contributor, ...numberField('contributors.recovery_index'), icon: 'mdi:battery-heart' },
  readiness_contributor_resting_heart_rate: { ...contributor, ...numberField('contributors.resting_heart_rate'), icon: 'mdi:heart-pulse' },
  readiness_contributor_sleep_balance: { ...contributor, ...numberField('contributors.sleep_balance'), icon: 'mdi:sleep' },
  readiness_contributor_sleep_regularity: { ...contributor, ...numberField('contributors.sleep_regularity'), icon: 'mdi:calendar-clock' },
  temperature_deviation: {
    ...daily,
    ...numberField('temperature_deviation'),
    quantity: QUANTITIES.temperatureDeviation,
    icon: 'mdi:thermometer-lines',
  },
  temperature_trend_deviation: {
    ...daily,
    ...numberField('temperature_trend_deviation'),
    quantity: QUANTITIES.temperatureDeviation,
    icon: 'mdi:thermometer-chevron-up',
  },
} as const satisfies Record<string, Metric>;
