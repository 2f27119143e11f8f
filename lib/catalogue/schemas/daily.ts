import * as z from 'zod';
import { contributors, day, instant, number, sample, text } from './parts';

const daily = { id: text, day };

export const dailySleep = z.looseObject({ ...daily, contributors: contributors.nullish(), score: number, timestamp: text });

export const dailyReadiness = z.looseObject({
  ...daily,
  contributors: contributors.nullish(),
  score: number,
  temperature_deviation: number,
  temperature_trend_deviation: number,
  timestamp: text,
});

export const dailyActivity = z.looseObject({
  ...daily,
  active_calories: number,
  average_met_minutes: number,
  class_5_min: text,
  contributors: contributors.nullish(),
  equivalent_walking_distance: number,
  high_activity_met_minutes: number,
  high_activity_time: number,
  inactivity_alerts: number,
  low_activity_met_minutes: number,
  low_activity_time: number,
  medium_activity_met_minutes: number,
  medium_activity_time: number,
  met: sample,
  meters_to_target: number,
  non_wear_time: number,
  resting_time: number,
  score: number,
  sedentary_met_minutes: number,
  sedentary_time: number,
  steps: number,
  target_calories: number,
  target_meters: number,
  timestamp: text,
  total_calories: number,
});

export const dailySpo2 = z.looseObject({
  ...daily,
  breathing_disturbance_index: number,
  spo2_percentage: z.looseObject({ average: number }).nullish(),
});

export const dailyStress = z.looseObject({ ...daily, day_summary: text, recovery_high: number, stress_high: number });

export const dailyResilience = z.looseObject({ ...daily, contributors: contributors.nullish(), level: text });

export const dailyCardiovascularAge = z.looseObject({ ...daily, pulse_wave_velocity: number, vascular_age: number });

export const vo2Max = z.looseObject({ ...daily, timestamp: instant.nullish(), vo2_max: number });

export const sleepTime = z.looseObject({
  ...daily,
  optimal_bedtime: z.looseObject({ day_tz: number, end_offset: number, start_offset: number }).nullish(),
  recommendation: text,
  status: text,
});
