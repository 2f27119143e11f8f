import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { awakenings } from '../readers/awakenings';
import { highestHrv } from '../readers/highest-hrv';
import { howMany } from '../readers/how-many';
import { lowestHeartRateTime } from '../readers/lowest-heart-rate-time';
import { meanOfSamples } from '../readers/mean-of-samples';
import { percentageOf } from '../readers/percentage-of';
import { remLatency } from '../readers/rem-latency';
import { restlessPerHour } from '../readers/restless-per-hour';
import { sleepMidpoint } from '../readers/sleep-midpoint';
import { sleepOnset } from '../readers/sleep-onset';
import { sumOfField } from '../readers/sum-of-field';
import { wakeAfterSleepOnset } from '../readers/wake-after-sleep-onset';
import { wakeUpTime } from '../readers/wake-up-time';

const main = {
  endpoint: 'sleep',
  pick: 'main_sleep',
  category: null,
  group: 'sleep',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'night',
} as const;
const nap = {
  ...main,
  pick: 'naps',
  group: 'nap',
  kindOfDay: 'today',
  attributes: ['bedtime_start', 'bedtime_end', 'total_sleep_duration', 'type'],
} as const;

const STAGES = ['sleep_phase_30_sec', 'sleep_phase_5_min', 'bedtime_start'] as const;
const SPAN = [...STAGES, 'bedtime_end', 'latency'] as const;
/** Half an hour of samples: fewer say nothing about half a night. */
const HALF = { min: 6 } as const;

/** What follows from one main sleep without any history, and the naps of the day. */
export const SLEEP_DERIVED_METRICS = {
  deep_sleep_percentage: {
    ...main,
    ...percentageOf('deep_sleep_duration', 'total_sleep_duration'),
    quantity: QUANTITIES.finePercent,
    icon: 'mdi:power-sleep',
  },
  light_sleep_percentage: {
    ...main,
    ...percentageOf('light_sleep_duration', 'total_sleep_duration'),
    quantity: QUANTITIES.finePercent,
    icon: 'mdi:weather-night',
    enabledByDefault: false,
  },
  rem_sleep_percentage: {
    ...main,
    ...percentageOf('rem_sleep_duration', 'total_sleep_duration'),
    quantity: QUANTITIES.finePercent,
    icon: 'mdi:eye',
  },
  awake_percentage: {
    ...main,
    ...percentageOf('awake_time', 'time_in_bed'),
    quantity: QUANTITIES.finePercent,
    icon: 'mdi:eye-outline',
    enabledByDefault: false,
  },
  sleep_onset: { ...main, fields: SPAN, read: sleepOnset, quantity: QUANTITIES.timestamp, icon: 'mdi:weather-sunset-down' },
  wake_up_time: { ...main, fields: SPAN, read: wakeUpTime, quantity: QUANTITIES.timestamp, icon: 'mdi:weather-sunset-up' },
  sleep_midpoint: { ...main, fields: SPAN, read: sleepMidpoint, quantity: QUANTITIES.timestamp, icon: 'mdi:moon-full' },
  wake_after_sleep_onset: {
    ...main,
    fields: STAGES,
    read: wakeAfterSleepOnset,
    quantity: QUANTITIES.duration,
    icon: 'mdi:eye-check',
    enabledByDefault: false,
  },
  awakenings: { ...main, fields: ['sleep_phase_5_min', 'bedtime_start'], read: awakenings, quantity: QUANTITIES.count, icon: 'mdi:repeat' },
  rem_latency: {
    ...main,
    fields: STAGES,
    read: remLatency,
    quantity: QUANTITIES.duration,
    icon: 'mdi:timer-outline',
    enabledByDefault: false,
  },
  restless_periods_per_hour: {
    ...main,
    fields: ['restless_periods', 'total_sleep_duration'],
    read: restlessPerHour,
    quantity: QUANTITIES.perHour,
    icon: 'mdi:swap-horizontal',
    enabledByDefault: false,
  },
  lowest_heart_rate_time: {
    ...main,
    fields: ['heart_rate'],
    read: lowestHeartRateTime,
    quantity: QUANTITIES.timestamp,
    icon: 'mdi:clock-outline',
    enabledByDefault: false,
  },
  highest_hrv: { ...main, fields: ['hrv'], read: highestHrv, quantity: QUANTITIES.ms, icon: 'mdi:heart-flash', enabledByDefault: false },
  hrv_first_half: {
    ...main,
    ...meanOfSamples('hrv', { half: 'first', ...HALF }),
    quantity: QUANTITIES.ms,
    icon: 'mdi:heart-flash',
    enabledByDefault: false,
  },
  hrv_second_half: {
    ...main,
    ...meanOfSamples('hrv', { half: 'second', ...HALF }),
    quantity: QUANTITIES.ms,
    icon: 'mdi:heart-flash',
    enabledByDefault: false,
  },
  /** All sleep of the day of the main sleep: the night with its naps. */
  total_sleep_with_naps: {
    ...main,
    pick: 'sleep_day',
    ...sumOfField('total_sleep_duration'),
    quantity: QUANTITIES.duration,
    icon: 'mdi:clock-plus-outline',
  },
  naps_today: { ...nap, ...howMany(), quantity: QUANTITIES.countToday, icon: 'mdi:sofa-outline' },
  nap_time_today: { ...nap, ...sumOfField('total_sleep_duration'), quantity: QUANTITIES.durationToday, icon: 'mdi:sofa' },
} as const satisfies Record<string, Metric>;
