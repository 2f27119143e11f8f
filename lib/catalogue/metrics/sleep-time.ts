import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { optimalBedtime } from '../readers/optimal-bedtime';
import { textField } from '../readers/text-field';

const daily = {
  endpoint: 'sleep_time',
  pick: 'day',
  category: null,
  group: 'bedtime',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'night',
  whenNull: 'no_baseline',
} as const;

/** When Oura would have the person go to bed. Mostly null: the window needs status `optimal_found`. */
export const SLEEP_TIME_METRICS = {
  optimal_bedtime_start: { ...daily, ...optimalBedtime('start_offset'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-start' },
  optimal_bedtime_end: { ...daily, ...optimalBedtime('end_offset'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-end' },
  sleep_time_recommendation: {
    ...daily,
    ...textField('recommendation'),
    quantity: enumOf(
      'improve_efficiency',
      'earlier_bedtime',
      'later_bedtime',
      'earlier_wake_up_time',
      'later_wake_up_time',
      'follow_optimal_bedtime',
    ),
    icon: 'mdi:lightbulb-on-outline',
  },
  sleep_time_status: {
    ...daily,
    ...textField('status'),
    quantity: enumOf('not_enough_nights', 'not_enough_recent_nights', 'bad_sleep_quality', 'only_recommended_found', 'optimal_found'),
    icon: 'mdi:information-outline',
    category: 'diagnostic',
    enabledByDefault: false,
  },
} as const satisfies Record<string, Metric>;
