import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { numberField } from '../readers/number-field';

const contributor = {
  endpoint: 'daily_sleep',
  pick: 'day',
  quantity: QUANTITIES.points,
  category: null,
  group: 'sleep',
  enabledByDefault: false,
  attributes: [],
  kindOfDay: 'night',
} as const;

/** The sleep score and what it is made of. */
export const DAILY_SLEEP_METRICS = {
  sleep_score: { ...contributor, ...numberField('score'), icon: 'mdi:sleep', enabledByDefault: true, attributes: ['contributors'] },
  sleep_contributor_total_sleep: { ...contributor, ...numberField('contributors.total_sleep'), icon: 'mdi:clock-outline' },
  sleep_contributor_efficiency: { ...contributor, ...numberField('contributors.efficiency'), icon: 'mdi:percent-outline' },
  sleep_contributor_restfulness: { ...contributor, ...numberField('contributors.restfulness'), icon: 'mdi:bed-outline' },
  sleep_contributor_rem_sleep: { ...contributor, ...numberField('contributors.rem_sleep'), icon: 'mdi:eye' },
  sleep_contributor_deep_sleep: { ...contributor, ...numberField('contributors.deep_sleep'), icon: 'mdi:power-sleep' },
  sleep_contributor_latency: { ...contributor, ...numberField('contributors.latency'), icon: 'mdi:timer-sand' },
  sleep_contributor_timing: { ...contributor, ...numberField('contributors.timing'), icon: 'mdi:clock-check-outline' },
} as const satisfies Record<string, Metric>;
