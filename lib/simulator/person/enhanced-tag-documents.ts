import type { Body } from '../../ports/documents';
import type { SimulatedDocument } from '../types';
import { civil } from './civil';
import type { DayDocuments } from './day-documents';
import { documentId } from './document-id';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';
import { wall } from './wall';

const CODES = [
  'tag_generic_coffee',
  'tag_generic_stretching',
  'tag_generic_sauna',
  'tag_generic_late_meal',
  'tag_generic_reading',
  'tag_generic_vacation',
];
const CUSTOM = ['Cold plunge', 'Choir', 'Hanging out with the neighbours'];
const COMMENTS = ['Felt good', 'Too much coffee', 'Headache in the afternoon'];

/** A tag before it is spelt out. */
interface Tag {
  readonly n: number;
  readonly start: number;
  readonly end: number | null;
  readonly code: string | null;
  readonly name: string | null;
  readonly comment: string | null;
}

/** enhanced_tag: drinks on most late evenings, at times past midnight; all sorts on other days: with duration, custom, or only text. */
export const enhancedTagDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  if (!model.worn(day)) return [];
  const documents: SimulatedDocument[] = [];
  for (const tag of tagsOf(model, day)) {
    const visibleAt = view.afterSync(day, tag.end ?? tag.start, asked.now);
    if (tag.start < asked.from || tag.start > asked.to || visibleAt > asked.now) continue;
    documents.push({ body: bodyOf(model, day, tag), anchorMs: tag.start, visibleAt });
  }
  return documents;
};

function tagsOf(model: PersonModel, day: number): readonly Tag[] {
  const { chance } = model;
  const tags: Tag[] = [];
  const draw = (n: number): number => chance.unit(TOPICS.enhancedTag, day, n);
  if (draw(0) < 0.16) {
    const start = wall(model, day, 8 + 11 * draw(1));
    const end = draw(2) < 0.3 ? start + Math.round(10 + 110 * draw(3)) * MS.minute : null;
    const custom = draw(4) < 0.2;
    const text = !custom && draw(4) < 0.32;
    const code = custom ? 'custom' : text ? null : chance.pick(CODES, TOPICS.enhancedTag, day, 5);
    const comment = text || draw(7) < 0.25 ? chance.pick(COMMENTS, TOPICS.enhancedTag, day, 8) : null;
    tags.push({ n: 0, start, end, code, name: custom ? chance.pick(CUSTOM, TOPICS.enhancedTag, day, 6) : null, comment });
  }
  if (model.timing(day + 1).party && !model.moves(day) && draw(9) < 0.7) {
    const start = wall(model, day, 20 + 1.5 * draw(10));
    const end = draw(11) < 0.5 ? start + Math.round(90 + 120 * draw(12)) * MS.minute : null;
    tags.push({ n: 1, start, end, code: 'tag_generic_alcohol', name: null, comment: null });
  }
  return tags;
}

function bodyOf(model: PersonModel, day: number, tag: Tag): Body {
  const offsets = model.offsets(day);
  const text = (instant: number): string => localText.seconds(instant, offsets.at(instant));
  return {
    id: documentId(model.chance, 'enhanced_tag', day, tag.n),
    tag_type_code: tag.code,
    start_time: text(tag.start),
    end_time: tag.end === null ? null : text(tag.end),
    start_day: civil.text(day),
    end_day: tag.end === null ? null : text(tag.end).slice(0, 10),
    comment: tag.comment,
    custom_name: tag.name,
  };
}
