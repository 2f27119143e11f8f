import assert from 'node:assert/strict';
import * as fc from 'fast-check';
import { addDays, daysBetween, earlier, later, localDay, startOfDay } from '../../lib/sync/local-day';

const HOUR = 3_600_000;
/** Zones with clock changes at midnight, of half an hour, over the date line, and none at all. */
const ZONES = [
  'UTC',
  'Europe/Helsinki',
  'America/New_York',
  'America/Havana',
  'Australia/Lord_Howe',
  'Pacific/Apia',
  'Asia/Kathmandu',
  'Africa/Casablanca',
  'UTC+2',
  'UTC-9:30',
];
const zones = fc.constantFrom(...ZONES);
const instants = fc.integer({ min: Date.parse('2012-01-01T00:00:00Z'), max: Date.parse('2035-12-31T00:00:00Z') });
const days = instants.map((ms) => new Date(ms).toISOString().slice(0, 10));

describe('local days', () => {
  it('puts every instant into exactly one day: days follow each other without gap or overlap', () => {
    fc.assert(
      fc.property(instants, zones, (ms, zone) => {
        const day = localDay(ms, zone);
        assert.ok(startOfDay(day, zone) <= ms);
        assert.ok(ms < startOfDay(addDays(day, 1), zone));
      }),
      { numRuns: 300 },
    );
  });

  it('begins a day at the first instant that belongs to it', () => {
    fc.assert(
      fc.property(days, zones, (day, zone) => {
        const start = startOfDay(day, zone);
        assert.equal(localDay(start, zone), day);
        assert.ok(localDay(start - 1, zone) < day);
      }),
      { numRuns: 300 },
    );
  });

  for (const [day, zone, hours] of [
    ['2026-03-29', 'Europe/Helsinki', 23],
    ['2026-10-25', 'Europe/Helsinki', 25],
    ['2026-03-08', 'America/New_York', 23],
    ['2035-11-04', 'America/Havana', 25], // midnight comes twice
    ['2026-03-08', 'America/Havana', 23], // begins at 01:00: midnight is left out
    ['2026-04-05', 'Australia/Lord_Howe', 24.5],
    ['2026-03-29', 'UTC+2', 24],
  ] as const) {
    it(`makes ${day} ${String(hours)} hours long in ${zone}`, () => {
      assert.equal((startOfDay(addDays(day, 1), zone) - startOfDay(day, zone)) / HOUR, hours);
    });
  }

  it('begins a day at local midnight', () => {
    assert.equal(startOfDay('2026-03-15', 'Europe/Helsinki'), Date.parse('2026-03-14T22:00:00Z'));
    assert.equal(startOfDay('2026-07-15', 'Europe/Helsinki'), Date.parse('2026-07-14T21:00:00Z'));
    assert.equal(startOfDay('2026-03-08', 'America/Havana'), Date.parse('2026-03-08T05:00:00Z'));
    assert.equal(startOfDay('2026-03-15', 'UTC-9:30'), Date.parse('2026-03-15T09:30:00Z'));
  });

  it('moves days by the calendar, over months, leap days and years', () => {
    assert.equal(addDays('2026-02-28', 1), '2026-03-01');
    assert.equal(addDays('2028-02-28', 1), '2028-02-29');
    assert.equal(addDays('2026-01-01', -1), '2025-12-31');
    fc.assert(
      fc.property(days, fc.integer({ min: -4000, max: 4000 }), (day, count) => {
        assert.equal(daysBetween(day, addDays(day, count)), count);
        assert.equal(addDays(addDays(day, count), -count), day);
      }),
    );
  });

  it('knows the earlier and the later of two days', () => {
    assert.deepEqual([earlier('2026-01-31', '2026-02-01'), later('2026-01-31', '2026-02-01')], ['2026-01-31', '2026-02-01']);
    assert.deepEqual([earlier('2026-02-01', '2026-01-31'), later('2026-02-01', '2026-01-31')], ['2026-01-31', '2026-02-01']);
  });
});
