import assert from 'node:assert/strict';
import fc from 'fast-check';
import { splitRange } from '../../lib/api/split-range';
import { splitSpan } from '../../lib/api/split-span';
import { startOfDay } from '../../lib/api/start-of-day';
import { windowsOfRange } from '../../lib/api/windows-of-range';
import { endpointOf } from '../../lib/catalogue/endpoints';

const DAY_MS = 86_400_000;
const EPOCH_DAY = Date.UTC(2012, 0, 1) / DAY_MS;
/** Days by plain arithmetic on UTC, independent of the code under test. */
const dayOf = (n: number): string => new Date((EPOCH_DAY + n) * DAY_MS).toISOString().slice(0, 10);
const daysOf = (from: string, to: string): readonly string[] => {
  const days: string[] = [];
  for (let ms = Date.parse(from); ms <= Date.parse(to); ms += DAY_MS) days.push(new Date(ms).toISOString().slice(0, 10));
  return days;
};

describe('splitting a range of days', () => {
  it('gives exactly the days asked for, in order, in pieces that are not too long', () => {
    const property = fc.property(fc.nat(6000), fc.nat(800), fc.integer({ min: 1, max: 200 }), (start, length, chunkDays) => {
      const range = { from: dayOf(start), to: dayOf(start + length) };
      const chunks = splitRange(range, chunkDays);
      assert.deepEqual(
        chunks.flatMap(({ from, to }) => daysOf(from, to)),
        daysOf(range.from, range.to),
      );
      for (const { from, to } of chunks) assert.ok(daysOf(from, to).length <= chunkDays);
      assert.equal(chunks.length, Math.ceil((length + 1) / chunkDays));
    });
    fc.assert(property, { numRuns: 60 });
  });

  for (const [from, to] of [
    ['2026-02-30', '2026-03-01'],
    ['2026-3-1', '2026-03-02'],
    ['yesterday', '2026-03-01'],
    ['', '2026-03-01'],
    ['2026-03-01T00:00:00', '2026-03-02'],
  ] as const) {
    it(`refuses "${from}" as a day`, () => {
      assert.throws(() => splitRange({ from, to }, 30), { code: 'date_invalid', params: { name: 'from' } });
    });
  }

  it('says which of the two is no day, and when they are in the wrong order', () => {
    assert.throws(() => splitRange({ from: '2026-03-01', to: 'today' }, 30), { code: 'date_invalid', params: { name: 'to' } });
    const params = { start: '2026-03-02', end: '2026-03-01' };
    assert.throws(() => splitRange({ from: '2026-03-02', to: '2026-03-01' }, 30), { code: 'range_invalid', params });
  });
});

describe('splitting a stretch of time', () => {
  it('leaves no gap and no overlap, and no piece is longer than 30 times 24 hours', () => {
    const property = fc.property(fc.nat(2 ** 41), fc.nat(400 * DAY_MS), (fromMs, length) => {
      const spans = splitSpan({ fromMs, toMs: fromMs + length }, 30);
      assert.equal(
        spans.reduce((sum, span) => sum + span.toMs - span.fromMs, 0),
        length,
      );
      spans.forEach((span, n) => {
        assert.equal(span.fromMs, n === 0 ? fromMs : spans[n - 1]?.toMs);
        assert.ok(span.toMs > span.fromMs && span.toMs - span.fromMs <= 30 * DAY_MS);
      });
    });
    fc.assert(property);
  });

  it('is empty when the end is not after the start', () => {
    assert.deepEqual(splitSpan({ fromMs: 5, toMs: 5 }, 30), []);
    assert.deepEqual(splitSpan({ fromMs: 6, toMs: 5 }, 30), []);
  });
});

describe('local days as instants', () => {
  const series = endpointOf('heartrate');
  // by hand from the offsets of the IANA time zone database
  const cases = [
    ['Europe/Helsinki', '2026-03-29', '2026-03-28T22:00:00Z', '2026-03-29T21:00:00Z', 'the day of 23 hours'],
    ['Europe/Helsinki', '2026-10-25', '2026-10-24T21:00:00Z', '2026-10-25T22:00:00Z', 'the day of 25 hours'],
    ['America/New_York', '2026-03-08', '2026-03-08T05:00:00Z', '2026-03-09T04:00:00Z', 'the day of 23 hours'],
    ['America/Havana', '2025-11-02', '2025-11-02T04:00:00Z', '2025-11-03T05:00:00Z', 'midnight comes twice, the first one counts'],
    ['America/Sao_Paulo', '2018-11-04', '2018-11-04T03:00:00Z', '2018-11-05T02:00:00Z', 'midnight is skipped, the day begins at 1:00'],
    ['Australia/Lord_Howe', '2026-04-05', '2026-04-04T13:00:00Z', '2026-04-05T13:30:00Z', 'clocks change by half an hour'],
    ['Asia/Kathmandu', '2026-06-01', '2026-05-31T18:15:00Z', '2026-06-01T18:15:00Z', 'an offset of 5:45'],
    ['UTC+2', '2026-06-01', '2026-05-31T22:00:00Z', '2026-06-01T22:00:00Z', 'a fixed offset'],
  ] as const;
  for (const [zone, day, start, end, why] of cases) {
    it(`${zone} ${day}: ${why}`, () => {
      assert.deepEqual(windowsOfRange(series, { from: day, to: day, zone }), [{ start_datetime: start, end_datetime: end }]);
    });
  }

  it('are UTC days when no zone is known', () => {
    assert.deepEqual(windowsOfRange(series, { from: '2026-01-01', to: '2026-01-02' }), [
      { start_datetime: '2026-01-01T00:00:00Z', end_datetime: '2026-01-03T00:00:00Z' },
    ]);
  });

  it('end where the next day begins, whatever the clocks do, and begin on that local day and not before', () => {
    const zones = [
      'Europe/Berlin',
      'America/Havana',
      'America/Sao_Paulo',
      'Africa/Cairo',
      'Asia/Tehran',
      'Pacific/Chatham',
      'America/St_Johns',
    ];
    const formats = new Map(zones.map((timeZone) => [timeZone, new Intl.DateTimeFormat('en-CA', { timeZone })]));
    const property = fc.property(fc.constantFrom(...zones), fc.nat(5400), (zone, n) => {
      const [today, tomorrow] = [startOfDay(dayOf(n), zone), startOfDay(dayOf(n + 1), zone)];
      const localDay = (ms: number): string | undefined => formats.get(zone)?.format(ms);
      assert.equal(localDay(today), dayOf(n));
      assert.equal(localDay(today - 1), dayOf(n - 1));
      assert.equal(localDay(tomorrow - 1), dayOf(n));
      const hours = (tomorrow - today) / 3_600_000;
      assert.ok(hours >= 23 && hours <= 25);
    });
    fc.assert(property, { numRuns: 400 });
  });

  it('of 30 days in which clocks are set back last longer than 30 days, so two requests ask for them', () => {
    const windows = windowsOfRange(series, { from: '2026-10-01', to: '2026-10-30', zone: 'Europe/Berlin' });
    assert.deepEqual(windows, [
      { start_datetime: '2026-09-30T22:00:00Z', end_datetime: '2026-10-30T22:00:00Z' },
      { start_datetime: '2026-10-30T22:00:00Z', end_datetime: '2026-10-30T23:00:00Z' },
    ]);
  });

  it('of a zone nobody knows are refused', () => {
    assert.throws(() => startOfDay('2026-01-01', 'Mars/Olympus'), { code: 'unexpected' });
  });
});

describe('windows of documents', () => {
  it('LESSON: are padded so that neither rule for the end loses a night', () => {
    assert.deepEqual(windowsOfRange(endpointOf('sleep'), { from: '2026-03-10', to: '2026-03-10' }), [
      { start_date: '2026-03-08', end_date: '2026-03-12' },
    ]);
  });

  it('are split at the length of the row, padding not counted', () => {
    const windows = windowsOfRange(endpointOf('daily_activity'), { from: '2026-01-01', to: '2026-03-05' });
    assert.deepEqual(windows, [
      { start_date: '2025-12-31', end_date: '2026-03-03' },
      { start_date: '2026-03-01', end_date: '2026-03-07' },
    ]);
  });

  it('do not exist for lists, nor without a range', () => {
    assert.deepEqual(windowsOfRange(endpointOf('ring_configuration'), { from: '2026-01-01', to: '2026-01-02' }), [{}]);
    assert.deepEqual(windowsOfRange(endpointOf('sleep'), null), [{}]);
  });
});
