import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { flagField } from '../readers/flag-field';
import { instantField } from '../readers/instant-field';
import { numberField } from '../readers/number-field';
import { textField } from '../readers/text-field';

const battery = {
  endpoint: 'ring_battery_level',
  pick: 'row',
  category: 'diagnostic',
  group: 'ring',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'instant',
} as const;
const ring = { ...battery, endpoint: 'ring_configuration', pick: 'ring', kindOfDay: 'newest', enabledByDefault: false } as const;

/** The ring worn now (set up last) and its battery. */
export const RING_METRICS = {
  ring_battery_level: { ...battery, ...numberField('level'), quantity: QUANTITIES.battery, icon: 'mdi:battery' },
  charging: { ...battery, ...flagField('charging'), quantity: QUANTITIES.batteryCharging, icon: 'mdi:battery-charging' },
  in_charger: {
    ...battery,
    ...flagField('in_charger'),
    quantity: QUANTITIES.plug,
    icon: 'mdi:power-plug-outline',
    enabledByDefault: false,
  },
  hardware_type: {
    ...ring,
    ...textField('hardware_type'),
    quantity: enumOf('gen1', 'gen2', 'gen2m', 'gen3', 'gen4', 'or5'),
    icon: 'mdi:ring',
    enabledByDefault: true,
    attributes: ['color', 'design', 'size', 'firmware_version', 'set_up_at'],
  },
  firmware_version: { ...ring, ...textField('firmware_version'), quantity: QUANTITIES.text, icon: 'mdi:chip', enabledByDefault: true },
  set_up_at: { ...ring, ...instantField('set_up_at'), quantity: QUANTITIES.timestamp, icon: 'mdi:calendar-check' },
  ring_size: { ...ring, ...numberField('size'), quantity: QUANTITIES.size, icon: 'mdi:resize' },
  ring_color: {
    ...ring,
    ...textField('color'),
    quantity: enumOf(
      'brushed_silver',
      'glossy_black',
      'glossy_gold',
      'glossy_white',
      'gucci',
      'matt_gold',
      'rose',
      'silver',
      'stealth_black',
      'titanium',
      'titanium_and_gold',
      'cloud',
      'petal',
      'midnight',
      'tide',
      'deep_rose',
    ),
    icon: 'mdi:palette',
  },
  ring_design: {
    ...ring,
    ...textField('design'),
    quantity: enumOf('heritage', 'balance', 'balance_diamond', 'horizon', 'ceramic'),
    icon: 'mdi:diamond-stone',
  },
} as const satisfies Record<string, Metric>;
