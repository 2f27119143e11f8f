import { civil } from './civil';
import type { DayDocuments } from './day-documents';
import { documentId } from './document-id';
import { localText } from './local-text';
import { TOPICS } from './topics';
import { wall } from './wall';

const IN_USE_DAYS = 120;
const TAGS = [['tag_generic_nocaffeine'], ['tag_generic_alcohol', 'tag_generic_late_meal'], []] as const;

/** tag: deprecated; a few in the first months of a person's history only. */
export const tagDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const { chance } = model;
  if (!model.worn(day) || day - model.first >= IN_USE_DAYS || chance.unit(TOPICS.tag, day) >= 0.06) return [];
  const anchorMs = wall(model, day, chance.between(8, 21, TOPICS.tag, day, 1));
  const visibleAt = view.afterSync(day, anchorMs, asked.now);
  if (anchorMs < asked.from || anchorMs > asked.to || visibleAt > asked.now) return [];
  const tags = chance.pick(TAGS, TOPICS.tag, day, 2);
  const text = tags.length === 0 ? 'Slept at a friend’s place' : null;
  const timestamp = localText.seconds(anchorMs, model.offsets(day).at(anchorMs));
  return [{ body: { id: documentId(chance, 'tag', day), day: civil.text(day), text, timestamp, tags }, anchorMs, visibleAt }];
};
