import type { Body } from '../../ports/documents';
import { civil } from './civil';
import type { DayDocuments } from './day-documents';
import type { DayEvent } from './day-events';
import { documentId } from './document-id';
import { localText } from './local-text';
import type { PersonModel } from './person-model';
import { sessionHeart } from './session-heart';
import { spread } from './spread';
import { TOPICS } from './topics';

const MOODS = ['bad', 'worse', 'same', 'good', 'great', null] as const;
const INTERVAL_SECONDS = 5;

/** session: guided moments with samples every five seconds. */
export const sessionDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const event = model.events(day).find(({ kind }) => kind === 'session');
  if (!model.worn(day) || event === undefined || event.start < asked.from || event.start > asked.to) return [];
  const visibleAt = view.afterSync(day, event.end, asked.now);
  return visibleAt > asked.now ? [] : [{ body: bodyOf(model, day, event), anchorMs: event.start, visibleAt }];
};

function bodyOf(model: PersonModel, day: number, event: DayEvent): Body {
  const { chance } = model;
  const offset = model.offsets(day).at(event.start);
  const heart = sessionHeart(model, day, event);
  const random = chance.stream(TOPICS.sessionSamples, day, 1);
  const hrv = model.body(day).hrv;
  const timestamp = localText.milliseconds(event.start, offset);
  const series = (items: readonly (number | null)[]): Body => ({ interval: INTERVAL_SECONDS, items, timestamp });
  const measured = chance.unit(TOPICS.session, day, 5) >= 0.08;
  return {
    id: documentId(chance, 'session', day),
    day: civil.text(day),
    start_datetime: localText.seconds(event.start, offset),
    end_datetime: localText.seconds(event.end, offset),
    type: event.what,
    heart_rate: measured ? series(heart) : null,
    heart_rate_variability: measured
      ? series(heart.map((bpm) => (bpm === null ? null : Math.round(hrv * (1 + 0.2 * spread(random))))))
      : null,
    mood: chance.pick(MOODS, TOPICS.session, day, 6),
    motion_count: series(heart.map(() => Math.floor(6 * random() * random()))),
  };
}
