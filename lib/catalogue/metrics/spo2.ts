import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { knownSpo2 } from '../readers/known-spo2';
import { numberField } from '../readers/number-field';

const daily = {
  endpoint: 'daily_spo2',
  pick: 'day',
  category: null,
  group: 'blood_oxygen',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'night',
} as const;

/** Blood oxygen of the night. */
export const SPO2_METRICS = {
  spo2_percentage: {
    ...daily,
    fields: ['spo2_percentage.average'],
    read: knownSpo2,
    quantity: QUANTITIES.finePercent,
    icon: 'mdi:water-percent',
  },
  breathing_disturbance_index: {
    ...daily,
    ...numberField('breathing_disturbance_index'),
    quantity: QUANTITIES.count,
    icon: 'mdi:weather-windy',
  },
} as const satisfies Record<string, Metric>;
