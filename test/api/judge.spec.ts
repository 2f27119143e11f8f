import assert from 'node:assert/strict';
import { judge } from '../../lib/api/judge';
import { endpointOf } from '../../lib/catalogue/endpoints';

const SECRET = 'sentinel-7741';
const sleep = endpointOf('sleep').schema;
const night = { id: 'a', day: '2026-03-01', bedtime_start: '2026-02-28T23:00:00+02:00', bedtime_end: '2026-03-01T07:00:00+02:00' };

describe('judging documents', () => {
  it('passes the very object on, unknown fields and unknown enum members included', () => {
    const body = Object.freeze({ ...night, type: 'siesta', brand_new: { deep: [1, null] } });
    const { items, setAside } = judge(sleep, [body]);
    assert.equal(items[0], body);
    assert.deepEqual(setAside, []);
  });

  it('sets only the broken one aside, in full', () => {
    const broken = { ...night, day: '0024-11-11' };
    const { items, setAside } = judge(sleep, [night, broken, { ...night, id: 'b' }]);
    assert.equal(items.length, 2);
    assert.deepEqual(setAside, [{ reason: 'day: day before 1970', body: broken }]);
  });

  it('LESSON: zero is a value and null is an absence; both pass', () => {
    const body = { ...night, awake_time: 0, latency: 0, deep_sleep_duration: 0, average_hrv: null, hrv: null };
    assert.deepEqual(judge(sleep, [body]).items, [body]);
  });

  const wrong: readonly (readonly [string, unknown, string])[] = [
    ['a text', SECRET, 'document: expected object'],
    ['null', null, 'document: expected object'],
    ['a list', [SECRET], 'document: expected object'],
    ['no day', { ...night, day: undefined }, 'day: expected string'],
    ['a time that is none', { ...night, bedtime_start: '2026-02-28 at eleven' }, 'bedtime_start: expected datetime'],
    ['a text for a number', { ...night, average_hrv: SECRET }, 'average_hrv: expected number'],
    [
      'samples that are texts',
      { ...night, hrv: { interval: 300, items: [SECRET, SECRET], timestamp: night.bedtime_start } },
      'hrv.items.[]: expected number',
    ],
    ['two things', { ...night, day: SECRET, efficiency: SECRET }, 'day: expected date; efficiency: expected number'],
  ];
  for (const [what, body, reason] of wrong) {
    it(`says what is wrong with ${what}, and quotes nothing of it`, () => {
      const { setAside } = judge(sleep, [body]);
      assert.deepEqual(
        setAside.map((one) => one.reason),
        [reason],
      );
    });
  }

  it('keeps the reason short when everything is wrong', () => {
    const names = ['average_breath', 'average_hrv', 'awake_time', 'latency', 'period', 'efficiency', 'time_in_bed'];
    const { setAside } = judge(sleep, [{ ...night, ...Object.fromEntries(names.map((name) => [name, SECRET])) }]);
    assert.match(setAside[0]?.reason ?? '', /^average_breath: .*; 2 more$/);
  });

  it('quotes no name of a field that the schema does not know', () => {
    const { setAside } = judge(endpointOf('daily_sleep').schema, [{ day: '2026-03-01', contributors: { [`${SECRET} {}`]: 'x' } }]);
    assert.equal(setAside[0]?.reason, 'contributors: contributors must be numbers or null');
  });

  it('of chosen fields misses none that was not chosen, but still refuses a wrong one', () => {
    const { items, setAside } = judge(endpointOf('heartrate').schema, [{ timestamp: '2026-03-01T00:00:00Z' }, { timestamp: SECRET }], true);
    assert.equal(items.length, 1);
    assert.deepEqual(
      setAside.map(({ reason }) => reason),
      ['timestamp: expected datetime'],
    );
  });
});
