import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { numberField } from '../readers/number-field';
import { textField } from '../readers/text-field';

const person = {
  endpoint: 'personal_info',
  pick: 'person',
  category: 'diagnostic',
  group: 'person',
  enabledByDefault: false,
  attributes: [],
  kindOfDay: 'newest',
} as const;

/** What the person told Oura about themselves; off unless wanted. The e-mail address is no metric. */
export const PERSON_METRICS = {
  age: { ...person, ...numberField('age'), quantity: QUANTITIES.years, icon: 'mdi:cake-variant' },
  weight: { ...person, ...numberField('weight'), quantity: QUANTITIES.weight, icon: 'mdi:weight-kilogram' },
  height: { ...person, ...numberField('height'), quantity: QUANTITIES.height, icon: 'mdi:human-male-height' },
  biological_sex: { ...person, ...textField('biological_sex'), quantity: QUANTITIES.text, icon: 'mdi:gender-male-female' },
} as const satisfies Record<string, Metric>;
