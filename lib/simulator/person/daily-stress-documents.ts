import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import type { PersonModel } from './person-model';
import { slow } from './slow';
import { spread } from './spread';
import { TOPICS } from './topics';
import { MS } from './units';

const BLOCK_MS = 15 * MS.minute;
const NO_DATA = 0.01;

/** daily_stress: seconds in blocks of 15 minutes; grows during the day, with day_summary only once the day is over. */
export const dailyStressDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const { model } = view;
    const known = view.growing(day, model.timing(day).wake, model.midnight(day + 1), now);
    if (known === null) return null;
    const { stressed, restored } = secondsUntil(model, day, known.cut);
    const none = model.chance.unit(TOPICS.stress, day, 1) < NO_DATA;
    const summary = stressed > 2 * restored + 5400 ? 'stressful' : restored > stressed + 3600 ? 'restored' : 'normal';
    const body = {
      id: documentId(model.chance, 'daily_stress', day),
      day: civil.text(day),
      day_summary: known.complete && !none ? summary : null,
      recovery_high: none ? null : restored,
      stress_high: none ? null : stressed,
    };
    return { body, visibleAt: known.visibleAt };
  },
);

function secondsUntil(model: PersonModel, day: number, cut: number): { readonly stressed: number; readonly restored: number } {
  const random = model.chance.stream(TOPICS.stress, day);
  const { wake } = model.timing(day);
  const end = Math.min(cut, model.timing(day + 1).bed, model.midnight(day + 1));
  const tension = 0.1 + 0.03 * slow.memory(model.chance, TOPICS.slowStress, day) + 0.02 * model.body(day).debt + 0.1 * model.illness(day);
  const level = model.timing(day).free ? 0.6 * tension : tension;
  let stressed = 0;
  let restored = 0;
  let mood = 0;
  for (let at = wake + BLOCK_MS; at <= end; at += BLOCK_MS) {
    mood = 0.75 * mood + 0.66 * spread(random);
    if (mood > 1.6 - 6 * level) stressed += BLOCK_MS / MS.second;
    else if (mood < -0.9 - 3 * level) restored += BLOCK_MS / MS.second;
  }
  return { stressed, restored };
}
