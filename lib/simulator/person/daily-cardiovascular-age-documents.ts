import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import { roundTo } from './round-to';
import { slow } from './slow';
import { TOPICS } from './topics';

const FIRST_AFTER_DAYS = 14;
const NO_VALUE = 0.02;

/** daily_cardiovascular_age: from the fifteenth day on; years and m/s, hardly moving; null on a few days. */
export const dailyCardiovascularAgeDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const { model } = view;
    const { chance } = model;
    if (day - model.first < FIRST_AFTER_DAYS) return null;
    const age = model.profile.age - 3 + 2.2 * slow.drift(chance, TOPICS.vascular, day, 60) + 0.4 * chance.normal(TOPICS.vascular, day);
    const known = chance.unit(TOPICS.vascular, day, 1) >= NO_VALUE;
    const body = {
      id: documentId(chance, 'daily_cardiovascular_age', day),
      day: civil.text(day),
      pulse_wave_velocity: known ? roundTo(4.6 + 0.062 * age, 2) : null,
      vascular_age: known ? Math.max(18, Math.round(age)) : null,
    };
    return { body, visibleAt: view.afterApp(day, model.timing(day).wake, now) };
  },
);
