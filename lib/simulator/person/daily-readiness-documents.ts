import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import { midnightText } from './midnight-text';
import { nightView } from './night-view';
import { readinessOf } from './readiness';

const NOTHING = {
  activity_balance: null,
  body_temperature: null,
  hrv_balance: null,
  previous_day_activity: null,
  previous_night: null,
  recovery_index: null,
  resting_heart_rate: null,
  sleep_balance: null,
} as const;
const DELETED = { contributors: NOTHING, score: null, temperature_deviation: null, temperature_trend_deviation: null } as const;

/** daily_readiness: none for a rejected night; without score once the night was deleted. */
export const dailyReadinessDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const night = nightView(view, day, now);
    if (night === null || night.type === 'rest') return null;
    const { model } = view;
    const readiness = night.type === 'deleted' ? DELETED : readinessOf(model, day, night.figures);
    const body = {
      id: documentId(model.chance, 'daily_readiness', day),
      contributors: readiness.contributors,
      day: civil.text(day),
      score: readiness.score,
      temperature_deviation: readiness.temperature_deviation,
      temperature_trend_deviation: readiness.temperature_trend_deviation,
      timestamp: midnightText(model, day),
    };
    return { body, visibleAt: night.visibleAt };
  },
);
