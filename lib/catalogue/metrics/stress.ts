import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { numberField } from '../readers/number-field';
import { textField } from '../readers/text-field';

const stress = {
  endpoint: 'daily_stress',
  pick: 'day',
  category: null,
  group: 'stress',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'today',
} as const;
const resilience = { ...stress, endpoint: 'daily_resilience', group: 'resilience', kindOfDay: 'night', whenNull: 'no_baseline' } as const;
const contributor = { ...resilience, quantity: QUANTITIES.points, enabledByDefault: false } as const;

/** Stress and recovery of the day so far (the API gives seconds, though its prose says minutes), and long-term resilience. */
export const STRESS_METRICS = {
  stress_high: { ...stress, ...numberField('stress_high'), quantity: QUANTITIES.durationToday, icon: 'mdi:head-heart-outline' },
  recovery_high: {
    ...stress,
    ...numberField('recovery_high'),
    quantity: QUANTITIES.durationToday,
    icon: 'mdi:spa-outline',
    enabledByDefault: false,
  },
  /** Of a full day: null until the day is over, so that the last one known is shown. */
  day_summary: {
    ...stress,
    pick: 'newest_known',
    kindOfDay: 'newest',
    ...textField('day_summary'),
    quantity: enumOf('restored', 'normal', 'stressful'),
    icon: 'mdi:emoticon-outline',
  },
  resilience_level: {
    ...resilience,
    ...textField('level'),
    quantity: enumOf('limited', 'adequate', 'solid', 'strong', 'exceptional'),
    icon: 'mdi:shield-check',
    attributes: ['contributors'],
  },
  resilience_contributor_sleep_recovery: { ...contributor, ...numberField('contributors.sleep_recovery'), icon: 'mdi:sleep' },
  resilience_contributor_daytime_recovery: { ...contributor, ...numberField('contributors.daytime_recovery'), icon: 'mdi:spa' },
  resilience_contributor_stress: { ...contributor, ...numberField('contributors.stress'), icon: 'mdi:head-heart-outline' },
} as const satisfies Record<string, Metric>;
