import assert from 'node:assert/strict';
import { ENDPOINT_KEYS } from '../../lib/catalogue/endpoints';
import { historyFromOf, isFetched, keepFromOf, prunedFamilies, type EngineOptions } from '../../lib/sync/engine-options';

const TODAY = '2026-03-15';
const options = (more: Partial<EngineOptions> = {}): EngineOptions => ({
  families: {},
  historyDays: null,
  retentionDays: {},
  intervalMs: 900_000,
  zone: '',
  once: false,
  ...more,
});

describe('choices of a person', () => {
  it('fetches a family that nothing was said about, and none whose list is empty', () => {
    const chosen = options({ families: { sleep: [], workout: ['store'] } });
    assert.deepEqual(
      ['sleep', 'workout', 'daily_sleep'].map((key) => isFetched(chosen, key as 'sleep')),
      [false, true, true],
    );
  });

  it('leaves out the person in a snapshot of the sandbox, which has none', () => {
    const fetched = ENDPOINT_KEYS.filter((key) => isFetched(options({ once: true }), key));
    assert.deepEqual(
      fetched,
      ENDPOINT_KEYS.filter((key) => key !== 'personal_info'),
    );
  });

  it('counts days of history with today, and goes back to the first ring when none are named', () => {
    assert.equal(historyFromOf(options({ historyDays: 1 }), 'disk', TODAY), TODAY);
    assert.equal(historyFromOf(options({ historyDays: 30 }), 'disk', TODAY), '2026-02-14');
    assert.equal(historyFromOf(options(), 'disk', TODAY), '2015-01-01');
    assert.equal(historyFromOf(options({ historyDays: 50_000 }), 'disk', TODAY), '2015-01-01');
  });

  it('keeps ninety days in memory, fewer when fewer are wanted', () => {
    assert.equal(historyFromOf(options(), 'memory', TODAY), '2025-12-16');
    assert.equal(historyFromOf(options({ historyDays: 30 }), 'memory', TODAY), '2026-02-14');
    assert.equal(keepFromOf(options(), 'sleep', 'memory', TODAY), '2025-12-16');
    assert.equal(keepFromOf(options({ retentionDays: { sleep: 7 } }), 'sleep', 'memory', TODAY), '2026-03-09');
  });

  it('keeps everything on disk but what a person limits, family by family', () => {
    const limited = options({ retentionDays: { heartrate: 30, personal_info: 1 } });
    assert.equal(keepFromOf(limited, 'heartrate', 'disk', TODAY), '2026-02-14');
    assert.equal(keepFromOf(limited, 'sleep', 'disk', TODAY), '0000-01-01');
    assert.deepEqual(prunedFamilies(limited, 'disk'), ['heartrate']);
  });

  it('never drops the person or a ring for their age', () => {
    const limited = options({ retentionDays: { ring_configuration: 1, personal_info: 1 } });
    assert.equal(keepFromOf(limited, 'ring_configuration', 'memory', TODAY), '0000-01-01');
    const pruned = prunedFamilies(limited, 'memory');
    assert.ok(!pruned.includes('ring_configuration') && !pruned.includes('personal_info'));
    assert.equal(pruned.length, 17);
  });
});
