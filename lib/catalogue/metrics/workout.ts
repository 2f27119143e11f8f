import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { howMany } from '../readers/how-many';
import { instantField } from '../readers/instant-field';
import { numberField } from '../readers/number-field';
import { periodLength } from '../readers/period-length';
import { sumOfField } from '../readers/sum-of-field';
import { sumOfLengths } from '../readers/sum-of-lengths';
import { textField } from '../readers/text-field';

const details = ['activity', 'intensity', 'calories', 'distance', 'label', 'source', 'start_datetime', 'end_datetime'] as const;
const today = {
  endpoint: 'workout',
  pick: 'day_sum',
  category: null,
  group: 'workout',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'today',
} as const;
const latest = { ...today, pick: 'newest', kindOfDay: 'newest' } as const;

/** Today's workouts together, and the newest one on its own day. */
export const WORKOUT_METRICS = {
  workouts_today: { ...today, pick: 'day_count', ...howMany(), quantity: QUANTITIES.countToday, icon: 'mdi:dumbbell', attributes: details },
  workout_time_today: { ...today, ...sumOfLengths(), quantity: QUANTITIES.durationToday, icon: 'mdi:timer-outline' },
  workout_calories_today: {
    ...today,
    ...sumOfField('calories'),
    quantity: QUANTITIES.kcalToday,
    icon: 'mdi:fire',
    enabledByDefault: false,
  },
  workout_distance_today: {
    ...today,
    ...sumOfField('distance'),
    quantity: QUANTITIES.distanceToday,
    icon: 'mdi:map-marker-distance',
    enabledByDefault: false,
  },
  latest_workout_activity: { ...latest, ...textField('activity'), quantity: QUANTITIES.text, icon: 'mdi:run', attributes: details },
  latest_workout_intensity: { ...latest, ...textField('intensity'), quantity: enumOf('easy', 'moderate', 'hard'), icon: 'mdi:arm-flex' },
  latest_workout_start: { ...latest, ...instantField('start_datetime'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-start' },
  latest_workout_end: {
    ...latest,
    ...instantField('end_datetime'),
    quantity: QUANTITIES.timestamp,
    icon: 'mdi:clock-end',
    enabledByDefault: false,
  },
  latest_workout_duration: { ...latest, ...periodLength(), quantity: QUANTITIES.duration, icon: 'mdi:timer-outline' },
  latest_workout_calories: { ...latest, ...numberField('calories'), quantity: QUANTITIES.kcal, icon: 'mdi:fire' },
  latest_workout_distance: { ...latest, ...numberField('distance'), quantity: QUANTITIES.distance, icon: 'mdi:map-marker-distance' },
} as const satisfies Record<string, Metric>;
