import assert from 'node:assert/strict';
import { DateTime } from 'luxon';
import { bodies, bodyOf, DAY, HOUR, personOf } from './support';

const FROM = Date.parse('2024-01-01T00:00:00Z');

describe('simulated heart rate', () => {
  const patient = personOf('demo');
  const documents = patient.documents('heartrate', FROM, FROM + 90 * DAY, FROM + 120 * DAY);
  const rows = documents.map((document) => bodyOf('heartrate', document));

  it('comes in order of time, in UTC, with both spellings of the moment', () => {
    let last = 0;
    documents.forEach(({ anchorMs }, i) => {
      const row = rows[i];
      assert.ok(row !== undefined && anchorMs > last);
      assert.match(row.timestamp, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
      assert.equal(Date.parse(row.timestamp), anchorMs);
      assert.equal(row.timestamp_unix, anchorMs);
      assert.ok(row.bpm >= 35 && row.bpm <= 195);
      last = anchorMs;
    });
  });

  it('has every source, five seconds apart inside workouts and five minutes at rest', () => {
    assert.deepEqual(new Set(rows.map(({ source }) => source)), new Set(['awake', 'workout', 'rest', 'sleep', 'live', 'session']));
    const steps = (source: string): readonly number[] =>
      rows.flatMap((row, i) =>
        i > 0 && row.source === source && rows[i - 1]?.source === source ? [row.timestamp_unix - (rows[i - 1]?.timestamp_unix ?? 0)] : [],
      );
    const fast = steps('workout').filter((ms) => ms === 5000).length;
    assert.ok(fast > 0.8 * steps('workout').length && fast < steps('workout').length);
    assert.ok(steps('sleep').filter((ms) => ms === 300_000).length > 0.9 * steps('sleep').length);
    assert.ok(rows.length / 90 > 300 && rows.length / 90 < 1200, `${rows.length / 90} rows a day`);
  });

  it('agrees with the samples of the night', () => {
    const [sleep] = bodies(patient, 'sleep', [FROM + 9 * DAY, FROM + 12 * DAY, FROM + 30 * DAY]).filter(
      (one) => one.type === 'long_sleep' && one.heart_rate !== null && one.sleep_analysis_reason !== 'bedtime_edit',
    );
    assert.ok(sleep !== undefined);
    const [start, end] = [Date.parse(sleep.bedtime_start), Date.parse(sleep.bedtime_end)];
    const night = rows.filter((row) => row.timestamp_unix >= start && row.timestamp_unix < end);
    assert.deepEqual(
      night.map(({ bpm }) => bpm),
      sleep.heart_rate?.items.filter((item) => item !== null),
    );
    assert.ok(night.every(({ source }) => source === 'sleep'));
  });

  it('continues in UTC while the person travels', () => {
    const year = bodies(patient, 'heartrate', [FROM, FROM + 300 * DAY, FROM + 320 * DAY]);
    const gaps = year.slice(1).map((row, i) => row.timestamp_unix - (year[i]?.timestamp_unix ?? 0));
    assert.ok(gaps.every((ms) => ms > 0));
    const long = gaps.filter((ms) => ms > 12 * HOUR).length;
    assert.ok(long <= 0.05 * 300, `${long} gaps of more than twelve hours`); // only days without the ring
  });

  it('gives any part of a range the same rows', () => {
    const [from, to] = [FROM + 3.4 * DAY, FROM + 3.6 * DAY];
    assert.deepEqual(
      patient.documents('heartrate', from, to, FROM + 120 * DAY),
      documents.filter(({ anchorMs }) => anchorMs >= from && anchorMs <= to),
    );
  });
});

describe('simulated ring battery', () => {
  const rows = bodies(personOf('demo'), 'ring_battery_level', [FROM, FROM + 200 * DAY, FROM + 220 * DAY]);

  it('discharges by 15 to 20 percent a day and is charged every three to five days', () => {
    const charged = rows.flatMap((row, i) => (row.charging && rows[i - 1]?.charging !== true ? [row.timestamp_unix] : []));
    const days = charged.slice(1).map((at, i) => (at - (charged[i] ?? Number.NaN)) / DAY);
    assert.ok(charged.length > 35);
    assert.ok(days.filter((gap) => gap > 2 && gap < 6).length > 0.85 * days.length);
    const drops = rows.flatMap((row, i) => {
      const later = rows.slice(i, i + 40).find((one) => one.timestamp_unix - row.timestamp_unix >= DAY);
      const between = rows.slice(i, i + 40).some((one) => one.in_charger);
      return later === undefined || between || later.timestamp_unix - row.timestamp_unix > 1.1 * DAY ? [] : [row.level - later.level];
    });
    assert.ok(drops.length > 500);
    assert.ok(
      drops.every((drop) => drop >= 14 && drop <= 21),
      `${Math.min(...drops)} .. ${Math.max(...drops)}`,
    );
  });

  it('keeps levels within 0 to 100, rising only in the charger', () => {
    rows.forEach((row, i) => {
      assert.ok(Number.isInteger(row.level) && row.level >= 0 && row.level <= 100);
      assert.ok(!row.charging || row.in_charger);
      const before = rows[i - 1];
      if (before !== undefined && row.level > before.level && row.timestamp_unix - before.timestamp_unix < 2 * HOUR) {
        assert.ok(row.in_charger || before.in_charger, DateTime.fromMillis(row.timestamp_unix).toISO() ?? '');
      }
    });
    assert.ok(rows.some((row) => row.in_charger && !row.charging));
  });
});
