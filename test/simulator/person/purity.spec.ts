import assert from 'node:assert/strict';
import fc from 'fast-check';
import { DAY, DOCUMENT_ENDPOINTS, personOf } from './support';

const START = Date.parse('2023-06-01T00:00:00Z');

describe('a simulated person is the same however it is asked', () => {
  const endpoints = fc.constantFrom(...DOCUMENT_ENDPOINTS);

  it('gives a day alone as it gives it within a longer range', () => {
    const patient = personOf('purity');
    fc.assert(
      fc.property(endpoints, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 1, max: 20 }), (endpoint, day, days) => {
        const from = START + day * DAY;
        const now = from + 40 * DAY;
        const alone = patient.documents(endpoint, from, from + DAY - 1, now);
        const within = patient.documents(endpoint, from - days * DAY, from + days * DAY, now);
        const ignoresBounds = endpoint === 'ring_configuration';
        assert.deepEqual(alone, ignoresBounds ? within : within.filter(({ anchorMs }) => anchorMs >= from && anchorMs < from + DAY));
      }),
      { numRuns: 150 },
    );
  });

  it('gives the same after other calls as a person made afresh', () => {
    const used = personOf('purity');
    fc.assert(
      fc.property(endpoints, fc.integer({ min: 0, max: 700 }), fc.integer({ min: 0, max: 72 }), (endpoint, day, hours) => {
        const from = START + day * DAY;
        const now = from + hours * 3_600_000;
        assert.deepEqual(
          used.documents(endpoint, from - DAY, from + DAY, now),
          personOf('purity').documents(endpoint, from - DAY, from + DAY, now),
        );
        assert.deepEqual(used.syncs(from, now), personOf('purity').syncs(from, now));
      }),
      { numRuns: 120 },
    );
  });

  it('does not depend on the first day: history before it is simply not shown', () => {
    const long = personOf('purity', { firstDay: '2020-01-01' });
    const short = personOf('purity', { firstDay: '2023-06-01' });
    const from = START + 100 * DAY;
    for (const endpoint of ['sleep', 'workout', 'heartrate', 'daily_activity'] as const) {
      const ask = (patient: typeof long): unknown => patient.documents(endpoint, from, from + 10 * DAY, from + 30 * DAY);
      assert.deepEqual(ask(short), ask(long));
    }
  });

  it('differs from seed to seed', () => {
    const [one, two] = [personOf('one'), personOf('two')];
    assert.notDeepEqual(one.personalInfo, two.personalInfo);
    const ask = (patient: typeof one): readonly unknown[] =>
      patient.documents('sleep', START, START + 20 * DAY, START + 30 * DAY).map(({ body }) => body);
    assert.notDeepEqual(ask(one), ask(two));
    const ids = new Set([...ask(one), ...ask(two)].map((body) => (body as { id: string }).id)); // every sleep has an id
    assert.equal(ids.size, ask(one).length + ask(two).length);
  });

  it('has no two documents of one id', () => {
    const patient = personOf('ids');
    const now = START + 900 * DAY;
    for (const endpoint of DOCUMENT_ENDPOINTS) {
      if (endpoint === 'heartrate' || endpoint === 'ring_battery_level') continue;
      const ids = patient.documents(endpoint, START - 5 * DAY, now, now).map(({ body }) => body['id']);
      assert.equal(new Set(ids).size, ids.length, endpoint);
    }
  });

  it('refuses a malformed first day and an unknown zone', () => {
    assert.throws(() => personOf('x', { firstDay: '2023-02-29' }), /firstDay must be a day/);
    assert.throws(() => personOf('x', { zone: 'Europe/Atlantis' }), /unknown time zone/);
  });
});
