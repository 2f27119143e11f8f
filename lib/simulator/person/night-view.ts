import type { SleepFigures } from './sleep-figures';
import type { SleepRecording } from './sleep-recording';
import { SYNC_LAW } from './sync-law';
import { TOPICS } from './topics';
import { MS } from './units';
import type { Visibility } from './visibility';

/** The main night of a day as the cloud shows it at one moment. */
export interface NightView {
  readonly recording: SleepRecording;
  readonly figures: SleepFigures;
  /** true: the person corrected the bedtime */
  readonly edited: boolean;
  readonly type: 'long_sleep' | 'rest' | 'deleted';
  readonly visibleAt: number;
}

/** The night that ends on `day` as it is known at `now`: first version, edited version or deleted; null before the app was opened. */
export function nightView(view: Visibility, day: number, now: number): NightView | null {
  const { model } = view;
  if (!model.worn(day)) return null;
  const first = view.afterApp(day, model.timing(day).wake, now);
  if (first > now) return null;
  const { fate, recording, figures, edited } = model.night(day);
  const { fromHours, toHours } = SYNC_LAW.amended;
  const change = first + Math.round(model.chance.between(fromHours, toHours, TOPICS.amend, day) * 3600) * MS.second;
  if (fate === 'edited' && change <= now) return { ...edited, edited: true, type: 'long_sleep', visibleAt: change };
  if (fate === 'deleted' && change <= now) return { recording, figures, edited: false, type: 'deleted', visibleAt: change };
  return { recording, figures, edited: false, type: fate === 'rejected' ? 'rest' : 'long_sleep', visibleAt: first };
}
