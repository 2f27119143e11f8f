import assert from 'node:assert/strict';
import fc from 'fast-check';
import { isInWindow, usualWindow } from '../../lib/sync/usual-window';
import { night } from '../support/days';
import { createMemoryStore } from '../../lib/store/memory-store';
import { identifyDocuments } from '../../lib/sync/identify-documents';

const DAYS = ['2026-03-11', '2026-03-12', '2026-03-13', '2026-03-14'];

/** Nights with bedtimes given as ISO texts. */
function windowOf(
  nights: readonly { readonly day: string; readonly start: string; readonly end: string; readonly type?: string }[],
  zone = 'UTC',
) {
  const store = createMemoryStore();
  const bodies = nights.map(
    ({ day, start, end, type = 'long_sleep' }, index) =>
      night(day, { id: `s${String(index)}`, bedtime_start: start, bedtime_end: end, type }).body,
  );
  store.documents.upsert('sleep', 'start', identifyDocuments('sleep', bodies), { via: 'poll', historic: false, at: 0 });
  return usualWindow(store.documents, '2026-03-15', zone);
}

describe('the usual time in bed', () => {
  it('LESSON: the mean of bedtimes around midnight is midnight, not noon', () => {
    const starts = ['2026-03-10T23:30:00Z', '2026-03-12T00:30:00Z', '2026-03-12T23:45:00Z', '2026-03-14T00:15:00Z'];
    const window = windowOf(DAYS.map((day, index) => ({ day, start: starts[index] ?? '', end: `${day}T07:00:00Z` })));
    assert.deepEqual(window, { start: 0, end: 420 });
  });

  it('is told in the zone of the person', () => {
    const window = windowOf(
      DAYS.map((day) => ({ day, start: `${day}T00:00:00+02:00`, end: `${day}T08:00:00+02:00` })),
      'Europe/Helsinki',
    );
    assert.deepEqual(window, { start: 0, end: 480 });
  });

  it('comes from main sleeps only, and not from too few', () => {
    const nights = DAYS.map((day) => ({ day, start: `${day}T00:00:00Z`, end: `${day}T08:00:00Z` }));
    const nap = { day: '2026-03-13', start: '2026-03-13T15:00:00Z', end: '2026-03-13T15:30:00Z', type: 'late_nap' };
    assert.deepEqual(windowOf([...nights, nap]), { start: 0, end: 480 });
    assert.equal(windowOf(nights.slice(0, 2)), null);
  });

  it('holds its moments and no others, over midnight too', () => {
    const minute = fc.integer({ min: 0, max: 1439 });
    fc.assert(
      fc.property(minute, minute, minute, (start, end, at) => {
        const inside = start <= end ? at >= start && at < end : at >= start || at < end;
        assert.equal(isInWindow({ start, end }, Date.parse('2026-03-15T00:00:00Z') + at * 60_000, 'UTC'), inside);
      }),
    );
  });
});
