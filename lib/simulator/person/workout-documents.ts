import type { Body } from '../../ports/documents';
import type { SimulatedDocument } from '../types';
import { civil } from './civil';
import type { DayDocuments } from './day-documents';
import type { DayEvent } from './day-events';
import { documentId } from './document-id';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { roundTo } from './round-to';
import { TOPICS } from './topics';
import { MS } from './units';

/** km/h of sports with a distance. */
const SPEED: Readonly<Record<string, number>> = { running: 10.2, walking: 5.1, cycling: 22, swimming: 2.3, crossCountrySkiing: 9 };
const INTENSITY = ['easy', 'easy', 'moderate', 'hard'] as const;
const MET = [1, 3.2, 6, 8.5] as const;
const LABELS = ['Lunch walk', 'Intervals', 'With friends'] as const;

/** workout: what the day's plan holds; sources and offsets mixed, entries made by hand carry +00:00 as live answers did (2024). */
export const workoutDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  if (!model.worn(day)) return [];
  const documents: SimulatedDocument[] = [];
  model
    .events(day)
    .filter(({ kind }) => kind === 'workout')
    .forEach((event, n) => {
      if (event.start < asked.from || event.start > asked.to) return;
      const visibleAt = view.afterSync(day, event.end, asked.now);
      if (visibleAt <= asked.now) documents.push({ body: bodyOf(model, day, event, n), anchorMs: event.start, visibleAt });
    });
  return documents;
};

function bodyOf(model: PersonModel, day: number, event: DayEvent, n: number): Body {
  const { chance, profile } = model;
  const hours = (event.end - event.start) / MS.hour;
  const speed = SPEED[event.what];
  const source = sourceOf(event, chance.unit(TOPICS.workout, day, 20 + n));
  const offset = source === 'manual' ? 0 : model.offsets(day).at(event.start);
  const kcal = (MET[event.effort] ?? MET[1]) * profile.weight * hours * chance.between(0.9, 1.1, TOPICS.workout, day, 30 + n);
  return {
    id: documentId(chance, 'workout', day, n),
    activity: event.what,
    calories: roundTo(kcal, 3),
    day: civil.text(day),
    distance: speed === undefined ? null : roundTo(1000 * speed * hours * chance.between(0.85, 1.15, TOPICS.workout, day, 40 + n), 1),
    end_datetime: localText.milliseconds(event.end, offset),
    intensity: INTENSITY[event.effort] ?? INTENSITY[1],
    label: chance.unit(TOPICS.workout, day, 50 + n) < 0.15 ? chance.pick(LABELS, TOPICS.workout, day, 60 + n) : null,
    source,
    start_datetime: localText.milliseconds(event.start, offset),
  };
}

function sourceOf(event: DayEvent, draw: number): string {
  if (draw < 0.12) return 'manual';
  if (event.effort >= 2 && draw < 0.45) return 'workout_heart_rate';
  return draw < 0.75 ? 'confirmed' : 'autodetected';
}
