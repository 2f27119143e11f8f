import { civil } from './civil';
import { daily } from './day-documents';
import { documentId } from './document-id';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';

const NIGHTS_NEEDED = 7;
const OPTIMAL = 0.04;
const ADVICE = ['improve_efficiency', 'earlier_bedtime', 'earlier_wake_up_time', 'follow_optimal_bedtime'] as const;

/** sleep_time: mostly without optimal bedtime and with status only_recommended_found, as all nineteen live answers of 2024 were. */
export const sleepTimeDocuments = daily(
  (model, day) => model.midnight(day),
  (view, day, now) => {
    const { model } = view;
    const { chance } = model;
    const status = statusOf(model, day);
    const body = {
      id: documentId(chance, 'sleep_time', day),
      day: civil.text(day),
      optimal_bedtime: status === 'optimal_found' ? bedtimeWindow(model, day) : null,
      recommendation: status.startsWith('not_enough') ? null : chance.pick(ADVICE, TOPICS.sleepTime, Math.floor(day / 5)),
      status,
    };
    return { body, visibleAt: view.afterApp(day, model.timing(day).wake, now) };
  },
);

function statusOf(model: PersonModel, day: number): string {
  if (day - model.first < NIGHTS_NEEDED) return 'not_enough_nights';
  const nights = [1, 2, 3, 4, 5].filter((back) => model.worn(day - back)).length;
  if (nights < 3) return 'not_enough_recent_nights';
  return model.chance.unit(TOPICS.sleepTime, day, 1) < OPTIMAL ? 'optimal_found' : 'only_recommended_found';
}

/** Seconds from midnight; quarter hours around the usual bedtime. */
function bedtimeWindow(
  model: PersonModel,
  day: number,
): { readonly day_tz: number; readonly end_offset: number; readonly start_offset: number } {
  const start = 900 * Math.round((model.profile.bedHour * 3600) / 900) - 1800;
  return { day_tz: model.offsets(day).at(model.midnight(day)) / MS.second, end_offset: start + 2700, start_offset: start };
}
