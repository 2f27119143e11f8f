import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import { midnightText } from './midnight-text';
import { nightView } from './night-view';
import { sleepScore } from './sleep-score';

const NOTHING = {
  deep_sleep: null,
  efficiency: null,
  latency: null,
  rem_sleep: null,
  restfulness: null,
  timing: null,
  total_sleep: null,
} as const;

/** daily_sleep: none for a rejected night; without score once the night was deleted. */
export const dailySleepDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const night = nightView(view, day, now);
    if (night === null || night.type === 'rest') return null;
    const { model } = view;
    const { score, contributors } =
      night.type === 'deleted' ? { score: null, contributors: NOTHING } : sleepScore(model, day, night.figures);
    const body = {
      id: documentId(model.chance, 'daily_sleep', day),
      contributors,
      day: civil.text(day),
      score,
      timestamp: midnightText(model, day),
    };
    return { body, visibleAt: night.visibleAt };
  },
);
