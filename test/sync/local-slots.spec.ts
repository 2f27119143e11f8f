import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { localSlots } from '../../lib/sync/local-slots';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const ZONES = [
  'UTC',
  'Europe/Helsinki',
  'America/New_York',
  'America/St_Johns', // half an hour off
  'Asia/Kathmandu', // three quarters
  'Australia/Lord_Howe', // summer time of half an hour
  'Pacific/Chatham',
  'Pacific/Apia',
  'UTC+5:45',
  'UTC-9:30',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.integer({ min: Date.parse('2012-01-01T00:00:00Z'), max: Date.parse('2036-01-01T00:00:00Z') });

/** The same by the library. */
function expected(ms: number, place: string): { readonly slot: number; readonly minute: number } {
  const local = DateTime.fromMillis(ms, { zone: place });
  const minute = 60 * local.hour + local.minute + (local.second + local.millisecond / 1000) / 60;
  return { slot: 24 * (local.weekday - 1) + local.hour, minute };
}

function assertSame(read: (ms: number) => { readonly slot: number; readonly minute: number }, ms: number, place: string): void {
  const [found, wanted] = [read(ms), expected(ms, place)];
  const text = `${new Date(ms).toISOString()} in ${place}`;
  assert.equal(found.slot, wanted.slot, text);
  assert.ok(Math.abs(found.minute - wanted.minute) < 1e-6, `${text}: ${found.minute} instead of ${wanted.minute}`);
}

describe('the place of an instant in the local week', () => {
  it('is that of the calendar, in any zone', () => {
    fc.assert(
      fc.property(zone, instant, (place, ms) => {
        assertSame(localSlots(place), ms, place);
      }),
      { numRuns: 500 },
    );
  });

  it('is the same however the instants follow each other', () => {
    fc.assert(
      fc.property(zone, instant, fc.array(fc.integer({ min: -2 * DAY, max: 2 * DAY }), { maxLength: 20 }), (place, start, moves) => {
        const read = localSlots(place);
        for (const move of moves) assertSame(read, start + move, place);
      }),
    );
  });

  it('follows every change of the clocks to the minute', () => {
    for (const place of ZONES) {
      const read = localSlots(place);
      for (let day = Date.parse('2025-01-01T00:00:00Z'); day < Date.parse('2026-01-01T00:00:00Z'); day += DAY) {
        const [before, after] = [day, day + DAY].map((ms) => DateTime.fromMillis(ms, { zone: place }).offset);
        if (before !== after) for (let ms = day; ms <= day + DAY; ms += MINUTE) assertSame(read, ms, place);
      }
    }
  });

  it('begins with Monday 0:00 and knows days before 1970', () => {
    assert.deepEqual(localSlots('UTC')(Date.parse('2026-03-16T00:00:00Z')), { slot: 0, minute: 0 });
    assert.deepEqual(localSlots('UTC')(Date.parse('2026-03-15T23:30:00Z')), { slot: 167, minute: 1410 });
    assert.deepEqual(localSlots('UTC')(Date.parse('1969-12-31T12:00:00Z')), { slot: 60, minute: 720 }); // a Wednesday
  });
});
