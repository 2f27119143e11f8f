import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { numberField } from '../readers/number-field';
import { percentageOf } from '../readers/percentage-of';

const daily = {
  endpoint: 'daily_activity',
  pick: 'day',
  category: null,
  group: 'activity',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'today',
} as const;
const contributor = { ...daily, quantity: QUANTITIES.points, enabledByDefault: false } as const;
const time = { ...daily, quantity: QUANTITIES.durationToday } as const;
const metMinutes = { ...daily, quantity: QUANTITIES.metMinutesToday, enabledByDefault: false } as const;

/** The day so far (Oura's activity day begins at 4:00). */
export const DAILY_ACTIVITY_METRICS = {
  activity_score: { ...daily, ...numberField('score'), quantity: QUANTITIES.points, icon: 'mdi:run', attributes: ['contributors'] },
  activity_contributor_meet_daily_targets: {
    ...contributor,
    ...numberField('contributors.meet_daily_targets'),
    icon: 'mdi:bullseye-arrow',
  },
  activity_contributor_move_every_hour: { ...contributor, ...numberField('contributors.move_every_hour'), icon: 'mdi:walk' },
  activity_contributor_recovery_time: { ...contributor, ...numberField('contributors.recovery_time'), icon: 'mdi:battery-heart' },
  activity_contributor_stay_active: { ...contributor, ...numberField('contributors.stay_active'), icon: 'mdi:arm-flex' },
  activity_contributor_training_frequency: {
    ...contributor,
    ...numberField('contributors.training_frequency'),
    icon: 'mdi:calendar-check',
  },
  activity_contributor_training_volume: { ...contributor, ...numberField('contributors.training_volume'), icon: 'mdi:dumbbell' },
  steps: { ...daily, ...numberField('steps'), quantity: QUANTITIES.stepsToday, icon: 'mdi:shoe-print' },
  active_calories: { ...daily, ...numberField('active_calories'), quantity: QUANTITIES.kcalToday, icon: 'mdi:fire' },
  total_calories: {
    ...daily,
    ...numberField('total_calories'),
    quantity: QUANTITIES.kcalToday,
    icon: 'mdi:fire-circle',
    enabledByDefault: false,
  },
  target_calories: { ...daily, ...numberField('target_calories'), quantity: QUANTITIES.kcal, icon: 'mdi:target' },
  activity_goal_progress: {
    ...daily,
    ...percentageOf('active_calories', 'target_calories'),
    quantity: QUANTITIES.percent,
    icon: 'mdi:flag-checkered',
  },
  equivalent_walking_distance: {
    ...daily,
    ...numberField('equivalent_walking_distance'),
    quantity: QUANTITIES.distanceToday,
    icon: 'mdi:map-marker-distance',
    enabledByDefault: false,
  },
  target_meters: { ...daily, ...numberField('target_meters'), quantity: QUANTITIES.distance, icon: 'mdi:target', enabledByDefault: false },
  meters_to_target: {
    ...daily,
    ...numberField('meters_to_target'),
    quantity: QUANTITIES.distance,
    icon: 'mdi:map-marker-path',
    enabledByDefault: false,
  },
  high_activity_time: { ...time, ...numberField('high_activity_time'), icon: 'mdi:run-fast' },
  medium_activity_time: { ...time, ...numberField('medium_activity_time'), icon: 'mdi:run' },
  low_activity_time: { ...time, ...numberField('low_activity_time'), icon: 'mdi:walk', enabledByDefault: false },
  sedentary_time: { ...time, ...numberField('sedentary_time'), icon: 'mdi:seat-recline-normal', enabledByDefault: false },
  resting_time: { ...time, ...numberField('resting_time'), icon: 'mdi:sofa-outline', enabledByDefault: false },
  non_wear_time: { ...time, ...numberField('non_wear_time'), icon: 'mdi:ring', category: 'diagnostic', enabledByDefault: false },
  inactivity_alerts: {
    ...daily,
    ...numberField('inactivity_alerts'),
    quantity: QUANTITIES.countToday,
    icon: 'mdi:bell-ring',
    enabledByDefault: false,
  },
  /** The field's name says minutes; its values are the mean MET of the day (1.9). */
  average_met_minutes: {
    ...daily,
    ...numberField('average_met_minutes'),
    quantity: QUANTITIES.met,
    icon: 'mdi:speedometer',
    enabledByDefault: false,
  },
  high_activity_met_minutes: { ...metMinutes, ...numberField('high_activity_met_minutes'), icon: 'mdi:run-fast' },
  medium_activity_met_minutes: { ...metMinutes, ...numberField('medium_activity_met_minutes'), icon: 'mdi:run' },
  low_activity_met_minutes: { ...metMinutes, ...numberField('low_activity_met_minutes'), icon: 'mdi:walk' },
  sedentary_met_minutes: { ...metMinutes, ...numberField('sedentary_met_minutes'), icon: 'mdi:seat-recline-normal' },
} as const satisfies Record<string, Metric>;
