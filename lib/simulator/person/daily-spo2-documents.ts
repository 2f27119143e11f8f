import { civil } from './civil';
import { clamp } from './clamp';
import { daily } from './day-documents';
import { documentId } from './document-id';
import { roundTo } from './round-to';
import { TOPICS } from './topics';

const NOT_MEASURED = 0.03;
const MISSING = 0.008;

/** daily_spo2: nights without data have an average of 0.0 and no breathing index, as live answers did (2024), or no value at all. */
export const dailySpo2Documents = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const { model } = view;
    const { chance } = model;
    const draw = chance.unit(TOPICS.spo2, day);
    const measured = draw >= NOT_MEASURED + MISSING;
    const average = measured ? roundTo(clamp(97 + 0.7 * chance.normal(TOPICS.spo2, day, 1) - 0.8 * model.illness(day), 91, 99.5), 3) : 0;
    const body = {
      id: documentId(chance, 'daily_spo2', day),
      breathing_disturbance_index: measured
        ? Math.round(clamp(6 + 4 * chance.normal(TOPICS.spo2, day, 2) + 4 * model.illness(day), 0, 100))
        : null,
      day: civil.text(day),
      spo2_percentage: draw < MISSING ? null : { average },
    };
    return { body, visibleAt: view.afterApp(day, model.timing(day).wake, now) };
  },
);
