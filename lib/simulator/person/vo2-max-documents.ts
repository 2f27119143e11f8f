import { civil } from './civil';
import { documentId } from './document-id';
import type { DayDocuments } from './day-documents';
import { localText } from './local-text';
import { slow } from './slow';
import { TOPICS } from './topics';
import { MS } from './units';

const BLOCK_DAYS = 14;
const SKIPPED = 0.2;

/** vO2_max: one estimate about every two weeks, now and then a month without. */
export const vo2MaxDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const { chance } = model;
  const block = Math.floor(day / BLOCK_DAYS);
  const chosen = block * BLOCK_DAYS + Math.floor(8 * chance.unit(TOPICS.vo2, block));
  if (day !== chosen || !model.worn(day) || chance.unit(TOPICS.vo2, block, 1) < SKIPPED) return [];
  const anchorMs = model.timing(day).wake + Math.round(chance.between(30, 240, TOPICS.vo2, block, 2)) * MS.second;
  const visibleAt = view.afterApp(day, anchorMs, asked.now);
  if (anchorMs < asked.from || anchorMs > asked.to || visibleAt > asked.now) return [];
  const value = model.profile.vo2Max + 1.6 * slow.drift(chance, TOPICS.vo2, day, 70) + 0.5 * chance.normal(TOPICS.vo2, block, 3);
  const timestamp = localText.seconds(anchorMs, model.offsets(day).at(anchorMs));
  return [
    { body: { id: documentId(chance, 'vo2_max', day), day: civil.text(day), timestamp, vo2_max: Math.round(value) }, anchorMs, visibleAt },
  ];
};
