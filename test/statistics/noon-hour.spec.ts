import assert from 'node:assert/strict';
import fc from 'fast-check';
import { noonHour } from '../../lib/statistics/noon-hour';
import { addDays, localDay } from '../../lib/sync/local-day';

const HOUR_MS = 3_600_000;
const ZONES = [
  'UTC',
  'Europe/Berlin',
  'America/New_York',
  'America/St_Johns', // :30
  'Asia/Kathmandu', // :45
  'Australia/Lord_Howe', // clocks change by half an hour
  'Pacific/Chatham', // :45 with clock changes
  'Africa/Casablanca',
  'Asia/Pyongyang', // from +9 to +8:30 and back
  'Pacific/Apia', // left out 30 December 2011
  'Pacific/Kiritimati',
  'UTC-12',
  'UTC+5:30',
];

describe('the hour of a day', () => {
  it('is the whole UTC hour that holds local noon', () => {
    const hours = [
      ['2026-07-01', 'Europe/Berlin', '2026-07-01T10:00Z'],
      ['2026-01-01', 'Europe/Berlin', '2026-01-01T11:00Z'],
      ['2026-03-29', 'Europe/Berlin', '2026-03-29T10:00Z'], // clocks went forward that night
      ['2026-06-01', 'Asia/Kathmandu', '2026-06-01T06:00Z'],
      ['2026-06-01', 'America/St_Johns', '2026-06-01T14:00Z'],
      ['2026-06-01', 'Pacific/Kiritimati', '2026-05-31T22:00Z'],
      ['2026-06-01', 'UTC-12', '2026-06-02T00:00Z'],
    ] as const;
    for (const [day, zone, hour] of hours) assert.equal(noonHour(day, zone), Date.parse(hour), `${day} ${zone}`);
  });

  it('is another one for each day, and a later one for a later day, in every zone and over every clock change', () => {
    const day = fc.integer({ min: 0, max: 9500 }).map((days) => addDays('2005-01-01', days));
    fc.assert(
      fc.property(day, fc.constantFrom(...ZONES), (one, zone) => {
        const hour = noonHour(one, zone);
        const step = noonHour(addDays(one, 1), zone) - hour;
        assert.equal(hour % HOUR_MS, 0);
        assert.ok(step >= 12 * HOUR_MS && step <= 25 * HOUR_MS, `${one} ${zone}: ${step / HOUR_MS} h`);
      }),
      { numRuns: 3000 },
    );
  });

  it('lies within its own day', () => {
    const day = fc.integer({ min: 0, max: 4700 }).map((days) => addDays('2015-01-01', days));
    fc.assert(
      fc.property(day, fc.constantFrom(...ZONES), (one, zone) => {
        assert.equal(localDay(noonHour(one, zone) + HOUR_MS - 1, zone), one);
        assert.equal(localDay(noonHour(one, zone), zone), one);
      }),
    );
  });

  it('is of its own also for a day that the zone left out', () => {
    const hours = ['2011-12-29', '2011-12-30', '2011-12-31'].map((day) => new Date(noonHour(day, 'Pacific/Apia')).toISOString());
    assert.deepEqual(hours, ['2011-12-29T22:00:00.000Z', '2011-12-30T10:00:00.000Z', '2011-12-30T22:00:00.000Z']);
  });
});
