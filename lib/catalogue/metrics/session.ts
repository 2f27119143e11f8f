import type { Metric } from '../metric';
import { enumOf, QUANTITIES } from '../quantities';
import { howMany } from '../readers/how-many';
import { instantField } from '../readers/instant-field';
import { meanOfSamples } from '../readers/mean-of-samples';
import { periodLength } from '../readers/period-length';
import { sumOfLengths } from '../readers/sum-of-lengths';
import { textField } from '../readers/text-field';

const details = ['type', 'mood', 'start_datetime', 'end_datetime'] as const;
const today = {
  endpoint: 'session',
  pick: 'day_count',
  category: null,
  group: 'session',
  enabledByDefault: true,
  attributes: [],
  kindOfDay: 'today',
} as const;
const latest = { ...today, pick: 'newest', kindOfDay: 'newest', enabledByDefault: false } as const;

/** Today's sessions (breathing, meditation and the like), and the newest one on its own day. */
export const SESSION_METRICS = {
  sessions_today: { ...today, ...howMany(), quantity: QUANTITIES.countToday, icon: 'mdi:meditation', attributes: details },
  session_time_today: { ...today, pick: 'day_sum', ...sumOfLengths(), quantity: QUANTITIES.durationToday, icon: 'mdi:timer-outline' },
  latest_session_type: {
    ...latest,
    ...textField('type'),
    quantity: enumOf('breathing', 'meditation', 'nap', 'relaxation', 'rest', 'body_status'),
    icon: 'mdi:yoga',
    enabledByDefault: true,
    attributes: details,
  },
  latest_session_mood: {
    ...latest,
    ...textField('mood'),
    quantity: enumOf('bad', 'worse', 'same', 'good', 'great'),
    icon: 'mdi:emoticon-happy-outline',
  },
  latest_session_start: { ...latest, ...instantField('start_datetime'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-start' },
  latest_session_end: { ...latest, ...instantField('end_datetime'), quantity: QUANTITIES.timestamp, icon: 'mdi:clock-end' },
  latest_session_duration: { ...latest, ...periodLength(), quantity: QUANTITIES.duration, icon: 'mdi:timer-outline' },
  latest_session_heart_rate: { ...latest, ...meanOfSamples('heart_rate'), quantity: QUANTITIES.bpm, icon: 'mdi:heart-pulse' },
  latest_session_hrv: { ...latest, ...meanOfSamples('heart_rate_variability'), quantity: QUANTITIES.ms, icon: 'mdi:heart-flash' },
} as const satisfies Record<string, Metric>;
