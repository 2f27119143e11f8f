import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DateTime } from 'luxon';
import { quietUntil } from '../../../lib/entities/alerts/quiet-until';
import type { ControlValues } from '../../../lib/entities/control-values';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const hours = (start: number, end: number, pausedUntil: number | null = null): Pick<ControlValues, 'number' | 'pausedUntil'> => ({
  number: (key) => (key === 'quiet_hours_start' ? start : end),
  pausedUntil,
});
/** When the quiet ends, local. */
const untilAt = (local: string, zone: string, start: number, end: number): string | null => {
  const until = quietUntil(DateTime.fromISO(local, { zone }).toMillis(), hours(start, end), zone);
  return until === null ? null : DateTime.fromMillis(until, { zone }).toISO({ suppressMilliseconds: true, suppressSeconds: true });
};

describe('quiet hours', () => {
  it('go over midnight, have fractions, begin with their first and end before their last moment', () => {
    assert.equal(untilAt('2026-03-14T22:30', 'Europe/Helsinki', 22.5, 6.75), '2026-03-15T06:45+02:00');
    assert.equal(untilAt('2026-03-15T06:44', 'Europe/Helsinki', 22.5, 6.75), '2026-03-15T06:45+02:00');
    assert.equal(untilAt('2026-03-15T06:45', 'Europe/Helsinki', 22.5, 6.75), null);
    assert.equal(untilAt('2026-03-15T22:29', 'Europe/Helsinki', 22.5, 6.75), null);
    assert.equal(untilAt('2026-03-15T13:00', 'UTC+5:45', 12, 14), '2026-03-15T14:00+05:45');
  });

  it('are none when they begin where they end', () => {
    assert.equal(untilAt('2026-03-15T07:00', 'Europe/Helsinki', 7, 7), null);
  });

  it('end at the same time of day in nights when clocks are changed', () => {
    assert.equal(untilAt('2026-03-28T23:00', 'Europe/Helsinki', 22, 7), '2026-03-29T07:00+03:00');
    assert.equal(untilAt('2026-10-24T23:00', 'Europe/Helsinki', 22, 7), '2026-10-25T07:00+02:00');
  });

  it('that end in an hour that is left out end when clocks go forward', () => {
    assert.equal(untilAt('2026-03-29T01:00', 'Europe/Helsinki', 22, 3.5), '2026-03-29T04:00+03:00');
  });

  it('are joined to a pause that ends in them, and a pause alone is quiet', () => {
    const at = (local: string): number => DateTime.fromISO(local, { zone: 'utc' }).toMillis();
    assert.equal(quietUntil(at('2026-03-15T12:00'), hours(22, 7, at('2026-03-16T00:00')), 'utc'), at('2026-03-16T07:00'));
    assert.equal(quietUntil(at('2026-03-15T12:00'), hours(0, 0, at('2026-03-15T15:00')), 'utc'), at('2026-03-15T15:00'));
    assert.equal(quietUntil(at('2026-03-15T15:00'), hours(0, 0, at('2026-03-15T15:00')), 'utc'), null);
  });

  it('always end: later than now, within a day and the hour of a clock change, at a moment that is not quiet after one that was', () => {
    const quarters = fc.integer({ min: 0, max: 95 }).map((one) => one / 4);
    const zones = fc.constantFrom('Europe/Helsinki', 'America/New_York', 'Australia/Lord_Howe', 'Asia/Kathmandu', 'UTC-3:30', 'utc');
    const instants = fc.integer({ min: Date.parse('2026-01-01T00:00:00Z'), max: Date.parse('2027-01-01T00:00:00Z') });
    fc.assert(
      fc.property(instants, zones, quarters, quarters, (now, zone, start, end) => {
        const until = quietUntil(now, hours(start, end), zone);
        if (until === null) return;
        assert.ok(until > now && until - now <= 25 * HOUR);
        assert.equal(quietUntil(until, hours(start, end), zone), null);
        const middle = now + Math.floor((until - 1 - now) / 2);
        assert.equal(quietUntil(middle, hours(start, end), zone), until);
        assert.equal(quietUntil(until - 1, hours(start, end), zone), until);
      }),
      { numRuns: 400 },
    );
  });
});
