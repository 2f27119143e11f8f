import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { restModeOn } from '../readers/rest-mode-on';
import { restModeSince } from '../readers/rest-mode-since';

const period = {
  endpoint: 'rest_mode_period',
  pick: 'begun',
  category: null,
  group: 'rest_mode',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'newest',
} as const;
const details = ['start_day', 'start_time', 'end_day', 'end_time', 'episodes'] as const;
const END = ['start_day', 'end_time', 'end_day'] as const;

/** Rest mode: on while the period begun last has not ended. */
export const REST_MODE_METRICS = {
  rest_mode: { ...period, fields: END, read: restModeOn, quantity: QUANTITIES.flag, icon: 'mdi:spa', attributes: details },
  rest_mode_since: {
    ...period,
    fields: ['start_time', ...END],
    read: restModeSince,
    quantity: QUANTITIES.timestamp,
    icon: 'mdi:calendar-start',
    enabledByDefault: false,
  },
} as const satisfies Record<string, Metric>;
