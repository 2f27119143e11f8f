import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { flagField } from '../readers/flag-field';
import { instantField } from '../readers/instant-field';
import { numberField } from '../readers/number-field';
import { textField } from '../readers/text-field';

const main = {
  endpoint: 'sleep',
  pick: 'main_sleep',
  category: null,
  group: 'sleep',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'night',
} as const;
const latest = { ...main, pick: 'latest_sleep', enabledByDefault: false, kindOfDay: 'newest' } as const;
const duration = { ...main, quantity: QUANTITIES.duration } as const;

/** What the API says of the main sleep (the longest `long_sleep` of the day), and of the sleep that ended last, nap or not. */
export const SLEEP_METRICS = {
  total_sleep_duration: {
    ...duration,
    ...numberField('total_sleep_duration'),
    icon: 'mdi:sleep',
    attributes: ['bedtime_start', 'bedtime_end', 'sleep_phase_5_min'],
  },
  deep_sleep_duration: { ...duration, ...numberField('deep_sleep_duration'), icon: 'mdi:power-sleep' },
  light_sleep_duration: { ...duration, ...numberField('light_sleep_duration'), icon: 'mdi:weather-night' },
  rem_sleep_duration: { ...duration, ...numberField('rem_sleep_duration'), icon: 'mdi:eye' },
  awake_time: { ...duration, ...numberField('awake_time'), icon: 'mdi:eye-outline' },
  time_in_bed: { ...duration, ...numberField('time_in_bed'), icon: 'mdi:bed' },
  latency: { ...duration, ...numberField('latency'), icon: 'mdi:timer-sand' },
  efficiency: { ...main, ...numberField('efficiency'), quantity: QUANTITIES.percent, icon: 'mdi:percent-outline' },
  bedtime_start: { ...main, ...instantField('bedtime_start'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-start' },
  bedtime_end: { ...main, ...instantField('bedtime_end'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-end' },
  average_heart_rate: {
    ...main,
    ...numberField('average_heart_rate'),
    quantity: QUANTITIES.bpm,
    icon: 'mdi:heart-pulse',
    attributes: ['heart_rate'],
  },
  lowest_heart_rate: { ...main, ...numberField('lowest_heart_rate'), quantity: QUANTITIES.bpm, icon: 'mdi:heart-outline' },
  /** RMSSD; the specification names no unit. */
  average_hrv: { ...main, ...numberField('average_hrv'), quantity: QUANTITIES.ms, icon: 'mdi:heart-flash', attributes: ['hrv'] },
  average_breath: { ...main, ...numberField('average_breath'), quantity: QUANTITIES.breaths, icon: 'mdi:lungs' },
  restless_periods: { ...main, ...numberField('restless_periods'), quantity: QUANTITIES.count, icon: 'mdi:swap-horizontal' },
  sleep_score_delta: {
    ...main,
    ...numberField('sleep_score_delta'),
    quantity: QUANTITIES.points,
    icon: 'mdi:plus-minus-variant',
    enabledByDefault: false,
  },
  readiness_score_delta: {
    ...main,
    ...numberField('readiness_score_delta'),
    quantity: QUANTITIES.points,
    icon: 'mdi:plus-minus-variant',
    enabledByDefault: false,
  },
  low_battery_alert: {
    ...main,
    ...flagField('low_battery_alert'),
    quantity: QUANTITIES.batteryLow,
    icon: 'mdi:battery-alert',
    category: 'diagnostic',
    enabledByDefault: false,
  },
  sleep_algorithm_version: {
    ...main,
    ...textField('sleep_algorithm_version'),
    quantity: enumOf('v1', 'v2'),
    icon: 'mdi:cog-outline',
    category: 'diagnostic',
    enabledByDefault: false,
  },
  sleep_analysis_reason: {
    ...main,
    ...textField('sleep_analysis_reason'),
    quantity: enumOf('foreground_sleep_analysis', 'bedtime_edit', 'background_sleep_analysis', 'background_created_foreground_updated'),
    icon: 'mdi:information-outline',
    category: 'diagnostic',
    enabledByDefault: false,
  },
  latest_sleep_duration: { ...latest, ...numberField('total_sleep_duration'), quantity: QUANTITIES.duration, icon: 'mdi:history' },
  latest_sleep_type: { ...latest, ...textField('type'), quantity: enumOf('long_sleep', 'sleep', 'late_nap'), icon: 'mdi:bed-clock' },
  latest_sleep_start: { ...latest, ...instantField('bedtime_start'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-start' },
  latest_sleep_end: { ...latest, ...instantField('bedtime_end'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-end' },
} as const satisfies Record<string, Metric>;
