import type { EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';

const INNER = '2021-01-01T00:00:00.000+00:00';
const sample = (interval: number, items: readonly (number | null)[]): Body => ({ interval, items, timestamp: INNER });

const readiness = [
  {
    activity_balance: 70,
    body_temperature: 70,
    hrv_balance: 80,
    previous_day_activity: 90,
    previous_night: 60,
    recovery_index: 90,
    resting_heart_rate: 60,
    sleep_balance: 70,
  },
  {
    activity_balance: 80,
    body_temperature: 80,
    hrv_balance: 90,
    previous_day_activity: 70,
    previous_night: 50,
    recovery_index: 70,
    resting_heart_rate: 60,
    sleep_balance: 80,
  },
] as const;

const sleepContributors = (deep: number, rem: number): Body => ({
  deep_sleep: deep,
  efficiency: 80,
  latency: 90,
  rem_sleep: rem,
  restfulness: 70,
  timing: 60,
  total_sleep: 75,
});

const activity = (steps: number, score: number): Body => ({
  class_5_min: '001122334455'.repeat(24),
  score,
  active_calories: Math.round(steps / 20),
  average_met_minutes: 1.5,
  contributors: {
    meet_daily_targets: 60,
    move_every_hour: 80,
    recovery_time: 100,
    stay_active: 70,
    training_frequency: 90,
    training_volume: 80,
  },
  equivalent_walking_distance: steps,
  high_activity_met_minutes: 10,
  high_activity_time: 600,
  inactivity_alerts: 2,
  low_activity_met_minutes: 120,
  low_activity_time: 12_000,
  medium_activity_met_minutes: 40,
  medium_activity_time: 1800,
  met: sample(60, [1, 1.1, 0.9, 2.4, 3.1]),
  meters_to_target: 1000,
  non_wear_time: 0,
  resting_time: 28_000,
  sedentary_met_minutes: 8,
  sedentary_time: 30_000,
  steps,
  target_calories: 450,
  target_meters: 9000,
  total_calories: 2200,
  day: '{day}',
  timestamp: '{instant}',
});

const sleep = (type: string, heart: readonly number[], numbers: Body, contributors: Body): Body => ({
  average_breath: 10,
  average_heart_rate: 60,
  average_hrv: 70,
  awake_time: 10,
  bedtime_end: '{instant}',
  bedtime_start: '{instant}',
  day: '{day}',
  deep_sleep_duration: 60,
  efficiency: 80,
  heart_rate: sample(60, heart),
  hrv: sample(60, heart),
  latency: 90,
  light_sleep_duration: 300,
  low_battery_alert: false,
  lowest_heart_rate: 54,
  movement_30_sec: '123124312341234',
  period: 1,
  readiness: { contributors, score: 80, temperature_deviation: 0.5, temperature_trend_deviation: 0.2 },
  readiness_score_delta: 10,
  rem_sleep_duration: 60,
  restless_periods: 10,
  sleep_algorithm_version: 'v2',
  sleep_analysis_reason: null,
  sleep_phase_30_sec: null,
  sleep_phase_5_min: null,
  sleep_score_delta: 10,
  time_in_bed: 300,
  total_sleep_duration: 360,
  type,
  ring_id: null,
  app_sleep_phase_5_min: '12341231231234',
  ...numbers,
});

const dailySleep = (score: number): Body => ({
  contributors: sleepContributors(score - 10, score),
  day: '{day}',
  score,
  timestamp: '{instant}',
});

const workout = (kind: string, calories: number, distance: number, intensity: string, label: string | null, source: string): Body => ({
  activity: kind,
  calories,
  day: '{day}',
  distance,
  end_datetime: '{instant}',
  intensity,
  label,
  source,
  start_datetime: '{instant}',
});

const session = (type: string, mood: string | null): Body => ({
  day: '{day}',
  start_datetime: '{instant}',
  end_datetime: '{instant}',
  type,
  heart_rate: null,
  heart_rate_variability: null,
  mood,
  motion_count: sample(60, [0, 43, 44]),
});

const episode = (...tags: readonly string[]): Body => ({ tags, timestamp: '2021-01-01T02:00:00.000+02:00' });
const rest = (episodes: readonly Body[]): Body => ({
  end_day: '{day}',
  end_time: '{instant}',
  episodes,
  start_day: '{day}',
  start_time: '{instant}',
});

/**
 * The documents the sandbox repeats: the day's number modulo their count picks one. `{day}`, `{instant}` and the like are filled in.
 * sleep, workout, rest_mode_period, heartrate, ring_battery_level and ring_configuration follow recorded answers (July 2026);
 * the others have the specification's shape.
 */
export const SANDBOX_TEMPLATES: Readonly<Record<Exclude<EndpointKey, 'personal_info'>, readonly Body[]>> = {
  daily_sleep: [60, 74, 85, 91, 68].map(dailySleep),
  sleep: [
    sleep('long_sleep', [54, 73, 82, 90, 100, 110, 120, 130, 140, 150], {}, readiness[0]),
    sleep('late_nap', [73, 84, 64, 54, 44, 45, 55, 77], { average_breath: 13, average_heart_rate: 64, average_hrv: 56 }, readiness[1]),
  ],
  daily_readiness: readiness.map((contributors, index) => ({
    contributors,
    day: '{day}',
    score: 80 - 7 * index,
    temperature_deviation: 0.5,
    temperature_trend_deviation: 0.2,
    timestamp: '{instant}',
  })),
  daily_activity: [activity(8000, 82), activity(12_500, 91)],
  heartrate: [
    { timestamp: '{utc}', bpm: 60, producer_timestamp: null, source: 'awake' },
    { timestamp: '{utc}', bpm: 144, producer_timestamp: null, source: 'workout' },
  ],
  daily_spo2: [
    { breathing_disturbance_index: 5, day: '{day}', spo2_percentage: { average: 97.5 } },
    { breathing_disturbance_index: null, day: '{day}', spo2_percentage: null },
  ],
  daily_stress: [
    { day: '{day}', day_summary: 'restored', recovery_high: 7200, stress_high: 3600 },
    { day: '{day}', day_summary: 'stressful', recovery_high: 900, stress_high: 14_400 },
  ],
  workout: [
    workout('running', 100, 10, 'hard', 'None', 'workout_heart_rate'),
    workout('walking', 10, 1, 'easy', 'My Workout', 'confirmed'),
    workout('swimming', 1000, 200, 'moderate', null, 'manual'),
  ],
  session: [session('meditation', 'great'), session('nap', null)],
  tag: [
    { day: '{day}', text: 'coffee', timestamp: '{local}', tags: ['tag_generic_coffee'] },
    { day: '{day}', text: null, timestamp: '{local}', tags: [] },
  ],
  vo2_max: [
    { day: '{day}', timestamp: '{instant}', vo2_max: 42 },
    { day: '{day}', timestamp: '{instant}', vo2_max: 44 },
  ],
  ring_configuration: [
    { color: 'glossy_black', design: 'horizon', firmware_version: null, hardware_type: 'gen3', set_up_at: '{instant}', size: 12 },
    { color: 'silver', design: 'heritage', firmware_version: null, hardware_type: 'gen2', set_up_at: '{instant}', size: 10 },
  ],
  enhanced_tag: [
    {
      tag_type_code: 'tag_generic_coffee',
      start_time: '{local}',
      end_time: null,
      start_day: '{day}',
      end_day: null,
      comment: null,
      custom_name: null,
    },
    {
      tag_type_code: 'custom',
      start_time: '{local}',
      end_time: '{local}',
      start_day: '{day}',
      end_day: '{day}',
      comment: 'a note',
      custom_name: 'mine',
    },
  ],
  sleep_time: [
    {
      day: '{day}',
      optimal_bedtime: { day_tz: 0, end_offset: -1800, start_offset: -5400 },
      recommendation: 'follow_optimal_bedtime',
      status: 'optimal_found',
    },
    { day: '{day}', optimal_bedtime: null, recommendation: null, status: 'not_enough_nights' },
  ],
  rest_mode_period: [rest([episode('generic_happy')]), rest([episode('generic_excited', 'generic_happy'), episode('generic_airplane')])],
  daily_resilience: [
    { day: '{day}', contributors: { sleep_recovery: 60.5, daytime_recovery: 40.2, stress: 70.1 }, level: 'solid' },
    { day: '{day}', contributors: { sleep_recovery: 20.5, daytime_recovery: 10.2, stress: 30.1 }, level: 'limited' },
  ],
  daily_cardiovascular_age: [
    { day: '{day}', pulse_wave_velocity: 7.1, vascular_age: 35 },
    { day: '{day}', pulse_wave_velocity: null, vascular_age: null },
  ],
  ring_battery_level: [
    { timestamp: '{utc}', charging: false, in_charger: false, level: 85, producer_timestamp: null },
    { timestamp: '{utc}', charging: true, in_charger: true, level: 95, producer_timestamp: null },
  ],
};
