import type { Body } from '../../ports/documents';
import { civil } from './civil';
import type { DayDocuments } from './day-documents';
import { documentId } from './document-id';
import { illness } from './illness';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';
import { wall } from './wall';

const USED = 0.75;
const SYMPTOMS = ['generic_fever', 'generic_cold', 'generic_headache', 'generic_tired'] as const;

/** rest_mode_period: for most illnesses, switched on the day after the first signs; without end until it is switched off. */
export const restModeDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const episode = illness.near(model.chance, day - 1);
  if (episode?.first !== day - 1 || !model.worn(day)) return [];
  if (model.chance.unit(TOPICS.restMode, day) >= USED) return [];
  const start = wall(model, day, 8.5 + 4 * model.chance.unit(TOPICS.restMode, day, 1));
  const opened = view.afterApp(day, start, asked.now);
  if (start < asked.from || start > asked.to || opened > asked.now) return [];
  const lastDay = episode.first + episode.course.length;
  const end = wall(model, lastDay, 9 + 6 * model.chance.unit(TOPICS.restMode, day, 2));
  const closed = Math.max(opened, view.afterApp(lastDay, end, asked.now));
  const over = closed <= asked.now;
  return [{ body: bodyOf(model, day, start, over ? end : null, lastDay), anchorMs: start, visibleAt: over ? closed : opened }];
};

function bodyOf(model: PersonModel, day: number, start: number, end: number | null, lastDay: number): Body {
  const { chance } = model;
  const text = (on: number, instant: number): string => localText.milliseconds(instant, model.offsets(on).at(instant));
  const days = end === null ? [day] : Array.from({ length: lastDay - day }, (_, k) => day + k);
  return {
    id: documentId(chance, 'rest_mode_period', day),
    end_day: end === null ? null : civil.text(lastDay),
    end_time: end === null ? null : text(lastDay, end),
    episodes: days.map((on) => ({
      tags: [chance.pick(SYMPTOMS, TOPICS.restMode, on, 3)],
      timestamp: text(on, on === day ? start : wall(model, on, 12) + 5 * MS.minute),
    })),
    start_day: civil.text(day),
    start_time: text(day, start),
  };
}
