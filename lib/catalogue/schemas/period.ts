import * as z from 'zod';
import { contributors, day, flag, instant, number, sample, text } from './parts';

export const sleep = z.looseObject({
  id: text,
  average_breath: number,
  average_heart_rate: number,
  average_hrv: number,
  awake_time: number,
  bedtime_end: instant,
  bedtime_start: instant,
  day,
  deep_sleep_duration: number,
  efficiency: number,
  heart_rate: sample,
  hrv: sample,
  latency: number,
  light_sleep_duration: number,
  low_battery_alert: flag,
  lowest_heart_rate: number,
  movement_30_sec: text,
  period: number,
  readiness: z
    .looseObject({
      contributors: contributors.nullish(),
      score: number,
      temperature_deviation: number,
      temperature_trend_deviation: number,
    })
    .nullish(),
  readiness_score_delta: number,
  rem_sleep_duration: number,
  restless_periods: number,
  sleep_algorithm_version: text,
  sleep_analysis_reason: text,
  sleep_phase_30_sec: text,
  sleep_phase_5_min: text,
  sleep_score_delta: number,
  time_in_bed: number,
  total_sleep_duration: number,
  type: text,
});

export const workout = z.looseObject({
  id: text,
  activity: text,
  calories: number,
  day,
  distance: number,
  end_datetime: instant,
  intensity: text,
  label: text,
  source: text,
  start_datetime: instant,
});

export const session = z.looseObject({
  id: text,
  day,
  end_datetime: instant,
  heart_rate: sample,
  heart_rate_variability: sample,
  mood: text,
  motion_count: sample,
  start_datetime: instant,
  type: text,
});

export const tag = z.looseObject({ id: text, day, text, timestamp: instant, tags: z.array(z.string()).nullish() });

export const enhancedTag = z.looseObject({
  id: text,
  tag_type_code: text,
  start_time: instant,
  end_time: instant.nullish(),
  start_day: day,
  end_day: day.nullish(),
  comment: text,
  custom_name: text,
});

export const restModePeriod = z.looseObject({
  id: text,
  end_day: day.nullish(),
  end_time: instant.nullish(),
  episodes: z.array(z.looseObject({ tags: z.array(z.string()).nullish(), timestamp: instant.nullish() })).nullish(),
  start_day: day,
  start_time: instant.nullish(),
});
