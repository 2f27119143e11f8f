import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { instantField } from '../readers/instant-field';
import { numberField } from '../readers/number-field';
import { textField } from '../readers/text-field';

const row = {
  endpoint: 'heartrate',
  pick: 'row',
  category: null,
  group: 'heart_rate',
  enabledByDefault: false,
  attributes: [],
  kindOfDay: 'instant',
} as const;
const age = {
  endpoint: 'daily_cardiovascular_age',
  pick: 'newest',
  category: null,
  group: 'cardio',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'newest',
  whenNull: 'no_baseline',
} as const;

/** The newest heart rate sample, and what is known of heart health. */
export const HEART_METRICS = {
  heart_rate: {
    ...row,
    ...numberField('bpm'),
    quantity: QUANTITIES.bpm,
    icon: 'mdi:heart-pulse',
    enabledByDefault: true,
    attributes: ['source'],
  },
  heart_rate_source: {
    ...row,
    ...textField('source'),
    quantity: enumOf('awake', 'workout', 'rest', 'sleep', 'live', 'session'),
    icon: 'mdi:heart-cog',
  },
  heart_rate_time: { ...row, ...instantField('timestamp'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-outline' },
  vascular_age: { ...age, ...numberField('vascular_age'), quantity: QUANTITIES.years, icon: 'mdi:heart-plus' },
  pulse_wave_velocity: { ...age, ...numberField('pulse_wave_velocity'), quantity: QUANTITIES.velocity, icon: 'mdi:pulse' },
  vo2_max: { ...age, endpoint: 'vo2_max', ...numberField('vo2_max'), quantity: QUANTITIES.vo2, icon: 'mdi:lungs' },
} as const satisfies Record<string, Metric>;
