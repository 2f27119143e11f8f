import { civil } from './civil';
import { clamp } from './clamp';
import { at } from './at';
import { daily } from './day-documents';
import { documentId } from './document-id';
import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { slow } from './slow';
import { TOPICS } from './topics';

const FIRST_AFTER_DAYS = 14;
const LEVELS = ['limited', 'adequate', 'solid', 'strong', 'exceptional'] as const;

/** daily_resilience: from the fifteenth day on; moves slowly. */
export const dailyResilienceDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const { model } = view;
    if (day - model.first < FIRST_AFTER_DAYS) return null;
    const contributors = {
      sleep_recovery: part(model, day, 0, -6 * model.body(day).debt),
      daytime_recovery: part(model, day, 1, 0),
      stress: part(model, day, 2, -20 * model.illness(day)),
    };
    const mean = (contributors.sleep_recovery + contributors.daytime_recovery + contributors.stress) / 3;
    const level = at(LEVELS, clamp(Math.floor((mean - 25) / 13), 0, LEVELS.length - 1));
    const body = { id: documentId(model.chance, 'daily_resilience', day), day: civil.text(day), contributors, level };
    return { body, visibleAt: view.afterApp(day, model.timing(day).wake, now) };
  },
);

/** One contributor, 0 to 100: drifts over weeks with a little daily noise. */
function part(model: PersonModel, day: number, n: number, shift: number): number {
  const drift = 14 * slow.drift(model.chance, TOPICS.resilience, day + 10_000 * n, 23);
  return roundTo(clamp(58 + drift + 3 * model.chance.normal(TOPICS.resilience, day, n) + shift, 0, 100), 1);
}
