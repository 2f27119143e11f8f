import type { SimulatedDocument } from '../types';
import type { DayDocuments } from './day-documents';
import { heartRows } from './heart-rows';
import { MS } from './units';
import type { Visibility } from './visibility';

/** heartrate: rows from one bedtime to the next; each visible from the first sync after it. Times are UTC with Z, timestamp_unix in ms. */
export const heartRateDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const start = model.timing(day).bed;
  const end = model.timing(day + 1).bed;
  if (!model.worn(day) || start > asked.to || end <= asked.from || start > asked.now) return [];
  const visible = visibleAfter(view, day, start, end, asked.now);
  // A day without the ring has no rows at all: neither of the late evening before nor of the night after it
  const from = Math.max(asked.from, model.worn(day - 1) ? start : model.midnight(day));
  const to = Math.min(asked.to, model.worn(day + 1) ? end : model.midnight(day + 1) - 1);
  const rows: SimulatedDocument[] = [];
  heartRows(model, day, (instant, bpm, source) => {
    if (instant < from || instant > to) return;
    const visibleAt = visible(instant);
    if (visibleAt > asked.now) return;
    rows.push({ body: { timestamp: new Date(instant).toISOString(), timestamp_unix: instant, bpm, source }, anchorMs: instant, visibleAt });
  });
  return rows;
};

/** When a sample becomes visible; to be asked in order of time, because it walks along the syncs. */
function visibleAfter(view: Visibility, day: number, start: number, end: number, now: number): (instant: number) => number {
  if (view.delay(day) > 0) {
    const late = view.afterSync(day, end, now);
    return () => late;
  }
  const syncs = view.syncs.between(start, Math.max(end, Math.min(now, end + 2 * MS.day)));
  const last = view.syncs.next(end, 'any', now);
  let next = 0;
  return (instant) => {
    for (let sync = syncs[next]; sync !== undefined; sync = syncs[next]) {
      if (sync.at > instant) return sync.at;
      next += 1;
    }
    return last;
  };
}
