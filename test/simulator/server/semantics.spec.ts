import assert from 'node:assert/strict';
import { readAll, startSimulated, type Document } from './support/simulated-cloud';
import type { TestCloud } from './support/test-cloud';

const YEARS = { start_date: '2025-01-01', end_date: '2026-11-26' };
interface Sample {
  readonly interval: number;
  readonly items: readonly (number | null)[];
  readonly timestamp: string;
}

const text = (document: Document, field: string): string => String(document[field]);
const known = (documents: readonly Document[], field: string): readonly number[] =>
  documents.map((document) => document[field]).filter((value) => typeof value === 'number');
const contributors = (documents: readonly Document[]): readonly (number | null)[] =>
  documents.flatMap((document) => Object.values(document['contributors'] as Readonly<Record<string, number | null>>));
const within = (values: readonly number[], low: number, high: number): void => {
  assert.notEqual(values.length, 0);
  for (const value of values) assert.ok(value >= low && value <= high, `${value} is not in ${low}..${high}`);
};
const samples = (documents: readonly Document[], field: string): readonly Sample[] =>
  documents.map((document) => document[field]).filter((value): value is Sample => typeof value === 'object' && value !== null);
const localHour = (document: Document, field: string): string => text(document, field).slice(11, 16);

describe('fields and units of the answers (API facts, section 2)', () => {
  let cloud: TestCloud;
  const cache = new Map<string, Promise<readonly Document[]>>();
  const all = (path: string): Promise<readonly Document[]> => {
    const reading = cache.get(path) ?? readAll(cloud, path, YEARS);
    cache.set(path, reading);
    return reading;
  };
  before(async () => {
    cloud = await startSimulated();
  });
  after(() => cloud.close());

  it('"Durations seconds": the parts of a night are its whole, whole seconds each', async () => {
    for (const night of (await all('sleep')).filter(({ total_sleep_duration }) => typeof total_sleep_duration === 'number')) {
      const [deep = 0, light = 0, rem = 0, awake = 0] = [
        'deep_sleep_duration',
        'light_sleep_duration',
        'rem_sleep_duration',
        'awake_time',
      ].map((f) => Number(night[f]));
      assert.equal(deep + light + rem, night['total_sleep_duration']);
      assert.equal(deep + light + rem + awake, night['time_in_bed']);
      const span = (Date.parse(text(night, 'bedtime_end')) - Date.parse(text(night, 'bedtime_start'))) / 1000;
      assert.ok(Math.abs(span - Number(night['time_in_bed'])) < 60, text(night, 'bedtime_start'));
    }
  });

  for (const path of ['daily_sleep', 'daily_readiness', 'daily_activity'])
    it(`"Scores/contributors 1-100 (integer, nullable)", "contributors can be low as 0": ${path}`, async () => {
      within(known(await all(path), 'score'), 1, 100);
      const numbers = contributors(await all(path)).filter((value) => value !== null);
      within(numbers, 0, 100);
      assert.ok(numbers.every((value) => Number.isInteger(value)));
    });

  it('"Resilience contributors float 0-100"', async () => {
    const numbers = contributors(await all('daily_resilience')).filter((value) => value !== null);
    within(numbers, 0, 100);
    assert.ok(numbers.some((value) => !Number.isInteger(value)));
  });

  it('"Distances metres. Calories kcal. Temperature deviation °C. height m, weight kg."', async () => {
    within(known(await all('workout'), 'distance'), 0, 200_000);
    assert.ok(known(await all('workout'), 'distance').some((metres) => metres > 1000));
    within(known(await all('daily_activity'), 'total_calories'), 800, 8000);
    within(known(await all('daily_readiness'), 'temperature_deviation'), -5, 5);
    const info = (await cloud.get('personal_info')).body as Document;
    within([Number(info['height'])], 1, 2.5);
    within([Number(info['weight'])], 30, 250);
  });

  it('"`sleep.average_hrv` ms"', async () => {
    within(known(await all('sleep'), 'average_hrv'), 5, 250);
  });

  it('"prod interval 300.0, `items[0]` at bedtime_start with ms + offset"', async () => {
    for (const night of await all('sleep'))
      for (const { interval, timestamp } of [...samples([night], 'hrv'), ...samples([night], 'heart_rate')]) {
        assert.equal(interval, 300);
        assert.equal(Date.parse(timestamp), Date.parse(text(night, 'bedtime_start')));
        assert.match(timestamp, /T\d\d:\d\d:\d\d\.\d{3}[+-]\d\d:\d\d$/);
      }
  });

  it('"activity `met` interval 60.0 and 1440 items from 04:00 local"', async () => {
    const complete = (await all('daily_activity')).filter(({ day }) => String(day) < '2026-11-20');
    for (const activity of complete)
      for (const { interval, items, timestamp } of samples([activity], 'met')) {
        assert.equal(interval, 60);
        assert.equal(timestamp.slice(11, 16), '04:00');
        assert.equal(timestamp.slice(0, 10), activity['day']);
        assert.ok([1380, 1440, 1500].includes(items.length) || items.length < 1900, `${timestamp}: ${items.length}`);
      }
    const usual = complete.filter((activity) => samples([activity], 'met')[0]?.items.length === 1440).length;
    assert.ok(usual / complete.length > 0.9, `${usual} of ${complete.length}`);
  });

  it('"session samples interval 5.0"', async () => {
    const sessions = samples(await all('session'), 'heart_rate');
    assert.notEqual(sessions.length, 0);
    for (const { interval } of sessions) assert.equal(interval, 5);
  });

  it('"Nulls inside `items` are normal"', async () => {
    const items = samples(await all('sleep'), 'heart_rate').flatMap((sample) => sample.items);
    const nulls = items.filter((item) => item === null).length;
    assert.ok(nulls > 0 && nulls < items.length / 4, `${nulls} of ${items.length}`);
  });

  it('"`average_heart_rate`/`lowest_heart_rate` are from 30-s samples and differ from the app\'s 5-min figures"', async () => {
    const differing = (await all('sleep')).filter((night) => {
      const items = samples([night], 'heart_rate')
        .flatMap((sample) => sample.items)
        .filter((item) => item !== null);
      const mean = items.reduce((sum, item) => sum + item, 0) / items.length;
      return typeof night['average_heart_rate'] === 'number' && items.length > 0 && Math.abs(night['average_heart_rate'] - mean) > 1e-6;
    });
    assert.ok(differing.length > 100, String(differing.length));
  });

  it('"1 deep, 2 light, 3 REM, 4 awake", "`movement_30_sec`: 1 to 4", "`class_5_min`: 0 to 5"', async () => {
    for (const night of await all('sleep')) {
      for (const field of ['sleep_phase_5_min', 'sleep_phase_30_sec', 'movement_30_sec'])
        if (typeof night[field] === 'string') assert.match(night[field], /^[1-4]*$/);
      const phases = night['sleep_phase_30_sec'];
      if (typeof phases !== 'string') continue;
      const deep = phases.replaceAll(/[^1]/g, '').length * 30;
      assert.ok(Math.abs(deep - Number(night['deep_sleep_duration'])) <= 60);
    }
    for (const { class_5_min } of await all('daily_activity')) if (typeof class_5_min === 'string') assert.match(class_5_min, /^[0-5]*$/);
  });

  it('"`sleep.type`: `long_sleep` >3 h, `sleep` nap 15 min-3 h, `late_nap`, `rest` rejected, `deleted`"', async () => {
    const nights = await all('sleep');
    const types = new Set(nights.map(({ type }) => type));
    assert.ok(types.has('long_sleep') && types.size >= 3, [...types].join());
    for (const type of types) assert.ok(['long_sleep', 'sleep', 'late_nap', 'rest', 'deleted'].includes(String(type)), String(type));
    within(
      known(
        nights.filter(({ type }) => type === 'long_sleep'),
        'time_in_bed',
      ),
      3 * 3600,
      16 * 3600,
    );
  });

  it('"sleeps that ended after 18:00 carried … `day` = next day, so trust `day`"; "`sleep.day` = wake day; sleep day changes at 18:00"', async () => {
    let late = 0;
    for (const night of await all('sleep')) {
      const wake = text(night, 'bedtime_end');
      const after18 = wake.slice(11, 13) >= '18';
      late += after18 ? 1 : 0;
      const expected = after18 ? new Date(Date.parse(wake.slice(0, 10)) + 86_400_000).toISOString().slice(0, 10) : wake.slice(0, 10);
      assert.equal(night['day'], expected, wake);
    }
    assert.ok(late > 0);
  });

  it('"48 periods: 17 had null average_hrv, 15 null hrv/heart_rate": some have none', async () => {
    const nights = await all('sleep');
    for (const field of ['average_hrv', 'hrv', 'heart_rate']) {
      const nulls = nights.filter((night) => night[field] === null || night[field] === undefined).length;
      assert.ok(nulls > 0 && nulls < nights.length / 2, `${field}: ${nulls} of ${nights.length}`);
    }
  });

  it('"`period` is an index within the day (0,1,2)"', async () => {
    const days = Map.groupBy(await all('sleep'), ({ day }) => day);
    assert.ok([...days.values()].some((periods) => periods.length > 1));
    for (const [day, periods] of days)
      assert.deepEqual(
        periods.map(({ period }) => period),
        periods.map((_, index) => index),
        String(day),
      );
  });

  it('"`efficiency` integer %"', async () => {
    const numbers = known(await all('sleep'), 'efficiency');
    within(numbers, 0, 100);
    assert.ok(numbers.every((value) => Number.isInteger(value)));
  });

  it('"`daily_activity.timestamp` = day 04:00 local; dailies\' `timestamp` = local 00:00 with offset"', async () => {
    for (const [path, hour] of [
      ['daily_activity', '04:00'],
      ['daily_sleep', '00:00'],
      ['daily_readiness', '00:00'],
    ] as const)
      for (const document of await all(path)) {
        assert.equal(localHour(document, 'timestamp'), hour);
        assert.equal(text(document, 'timestamp').slice(0, 10), document['day']);
        assert.match(text(document, 'timestamp'), /[+-]\d\d:\d\d$/);
      }
  });

  it('LESSON: "`daily_spo2.spo2_percentage.average` can be 0.0 for a no-data night and `breathing_disturbance_index` null"', async () => {
    const empty = (await all('daily_spo2')).filter(
      ({ spo2_percentage }) => (spo2_percentage as { average?: number } | null)?.average === 0,
    );
    assert.notEqual(empty.length, 0);
    for (const { breathing_disturbance_index } of empty) assert.equal(breathing_disturbance_index, null);
  });

  it('"`daily_stress.stress_high`/`recovery_high` are SECONDS, multiples of 900; `day_summary` nullable"', async () => {
    const days = await all('daily_stress');
    for (const field of ['stress_high', 'recovery_high']) {
      within(known(days, field), 0, 86_400);
      assert.ok(known(days, field).every((seconds) => seconds % 900 === 0));
    }
    assert.ok(days.some(({ day_summary }) => day_summary === null) && days.some(({ day_summary }) => day_summary !== null));
  });

  it('"heartrate: 5-s spacing in `workout` source and 300 s at rest, mixed; `timestamp` UTC", `timestamp_unix` in ms', async () => {
    const rows = await readAll(cloud, 'heartrate', { start_datetime: '2026-10-26T00:00:00Z', end_datetime: '2026-11-24T09:00:00Z' });
    const gaps = new Map<unknown, Map<number, number>>();
    rows.forEach((row, index) => {
      assert.match(text(row, 'timestamp'), /Z$|\+00:00$/);
      if (row['timestamp_unix'] !== undefined) assert.equal(row['timestamp_unix'], Date.parse(text(row, 'timestamp')));
      const before = rows[index - 1];
      if (before === undefined || before['source'] !== row['source']) return;
      const gap = (Date.parse(text(row, 'timestamp')) - Date.parse(text(before, 'timestamp'))) / 1000;
      const counts = gaps.get(row['source']) ?? new Map<number, number>();
      gaps.set(row['source'], counts.set(gap, (counts.get(gap) ?? 0) + 1));
    });
    const usual = (source: string): number => [...(gaps.get(source) ?? [])].toSorted((a, b) => b[1] - a[1])[0]?.[0] ?? Number.NaN;
    assert.equal(usual('workout'), 5);
    assert.equal(usual('rest'), 300);
  });

  it('LESSON: "`vO2_max` may be missing for long"; "`daily_cardiovascular_age` now required `id`"', async () => {
    const days = (await all('vO2_max')).map(({ day }) => Date.parse(String(day)));
    const longest = Math.max(...days.map((day, index) => day - (days[index - 1] ?? day)));
    assert.ok(longest >= 7 * 86_400_000, String(longest / 86_400_000));
    for (const { id } of await all('daily_cardiovascular_age')) assert.equal(typeof id, 'string');
  });

  it('"`sleep_time.optimal_bedtime` usually null with status `only_recommended_found`"', async () => {
    const days = await all('sleep_time');
    const usual = days.filter(({ optimal_bedtime, status }) => optimal_bedtime === null && status === 'only_recommended_found').length;
    assert.ok(usual > days.length / 2, `${usual} of ${days.length}`);
  });

  it('"Null frequency in daily_readiness": trend deviation 4 %, deviation 1.4 %, hrv_balance 23 % of recorded documents; `sleep_regularity` is there', async () => {
    const days = await all('daily_readiness');
    const share = (value: (document: Document) => unknown): number =>
      days.filter((document) => (value(document) ?? null) === null).length / days.length;
    const of = (document: Document, name: string): unknown => (document['contributors'] as Document)[name];
    assert.ok(share((one) => one['temperature_trend_deviation']) > 0);
    assert.ok(share((one) => one['temperature_deviation']) > 0);
    assert.ok(share((one) => of(one, 'hrv_balance')) > 0);
    for (const name of ['hrv_balance', 'sleep_regularity', 'activity_balance']) assert.ok(share((one) => of(one, name)) < 0.5, name);
  });

  it('"IDs: UUID-like strings", every one different', async () => {
    for (const path of ['daily_sleep', 'sleep', 'daily_readiness', 'workout', 'enhanced_tag', 'daily_stress']) {
      const ids = (await all(path)).map(({ id }) => String(id));
      for (const id of ids) assert.match(id, /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
      assert.equal(new Set(ids).size, ids.length, path);
    }
  });

  it('"`PublicWorkout` has mixed offsets incl. `+00:00`"', async () => {
    const offsets = new Set((await all('workout')).map((document) => text(document, 'start_datetime').slice(-6)));
    assert.ok(offsets.has('+00:00') && offsets.size > 1, [...offsets].join());
  });

  it('LESSON: "several rings, one set up in 1970" or early: every ring comes, oldest first', async () => {
    const rings = (await cloud.data('ring_configuration')).map(({ set_up_at }) => Date.parse(String(set_up_at)));
    assert.ok(rings.length >= 1);
    assert.deepEqual(
      rings,
      rings.toSorted((a, b) => a - b),
    );
  });
});
