import type { Metric } from '../metric';
import { QUANTITIES } from '../quantities';
import { howMany } from '../readers/how-many';
import { instantField } from '../readers/instant-field';
import { tagName } from '../readers/tag-name';

const details = ['tag_type_code', 'custom_name', 'comment', 'start_time', 'end_time', 'end_day'] as const;
const tag = { endpoint: 'enhanced_tag', category: null, group: 'tag', enabledByDefault: true, attributes: [] } as const;

/** Today's tags, and the newest one on its own day. */
export const TAG_METRICS = {
  tags_today: {
    ...tag,
    pick: 'day_count',
    kindOfDay: 'today',
    ...howMany(),
    quantity: QUANTITIES.countToday,
    icon: 'mdi:tag-multiple',
    attributes: details,
  },
  latest_tag: {
    ...tag,
    pick: 'newest',
    kindOfDay: 'newest',
    fields: ['custom_name', 'tag_type_code', 'comment'],
    read: tagName,
    quantity: QUANTITIES.text,
    icon: 'mdi:tag',
    attributes: details,
  },
  latest_tag_time: {
    ...tag,
    pick: 'newest',
    kindOfDay: 'newest',
    ...instantField('start_time'),
    quantity: QUANTITIES.timestamp,
    icon: 'mdi:clock-outline',
    enabledByDefault: false,
  },
} as const satisfies Record<string, Metric>;
