import assert from 'node:assert/strict';
import { FamilyBook } from '../../lib/sync/family-book';
import type { FamilyState, Fetch } from '../../lib/sync/plan';
import type { FetchOutcome } from '../../lib/sync/run-fetch';
import { settleSuccess } from '../../lib/sync/settle-success';

const NOW = Date.parse('2026-03-15T09:00:00Z'); // a Sunday
const nothing: FetchOutcome = { created: 0, updated: 0, deleted: 0, rows: 0, setAside: [], newestDay: '2026-03-14', newestAt: null };
const fetchOf = (
  kind: 'first' | 'recent' | 'history' | 'reconcile',
  from: string,
  to: string,
  endpoint: Fetch['endpoint'] = 'sleep',
): Fetch => ({
  kind,
  endpoint,
  from,
  to,
});
const settle = (fetch: Fetch, family: Partial<FamilyState> = {}, outcome: Partial<FetchOutcome> = {}) =>
  settleSuccess(fetch, { ...FamilyBook.fresh(true), ...family }, { ...nothing, ...outcome }, NOW, 'UTC');

describe('after a good fetch', () => {
  it('forgets failures and blocks of the family', () => {
    const troubled = { failures: 3, retryAt: NOW, errorCode: 'server_failed', blocked: 'no_scope', blockedUntil: NOW } as const;
    const settled = settle(fetchOf('recent', '2026-03-13', '2026-03-16'), troubled);
    const { failures, retryAt, errorCode, blocked, blockedUntil } = settled;
    assert.deepEqual([failures, retryAt, errorCode, blocked, blockedUntil], [0, null, null, null, null]);
  });

  it('counts as fresh only when the newest days were read', () => {
    const reached = '2026-03-09';
    assert.equal(settle(fetchOf('recent', '2026-03-13', '2026-03-16'), { reached }).lastSuccessAt, NOW);
    assert.equal(settle(fetchOf('first', '2026-03-09', '2026-03-16')).lastSuccessAt, NOW);
    assert.ok(!('lastSuccessAt' in settle(fetchOf('history', '2026-01-01', '2026-03-08'), { reached })));
    assert.ok(!('lastSuccessAt' in settle(fetchOf('reconcile', '2026-01-01', '2026-01-31'), { reached })));
  });

  it('moves the start of the loaded days back without a gap, never forward', () => {
    const reached = (kind: 'first' | 'recent' | 'history' | 'reconcile', from: string, to: string, before: string | null = '2026-03-09') =>
      settle(fetchOf(kind, from, to), { reached: before }).reached;
    assert.equal(reached('first', '2026-03-09', '2026-03-16', null), '2026-03-09');
    assert.equal(reached('history', '2026-01-08', '2026-03-08'), '2026-01-08');
    assert.equal(reached('recent', '2026-01-01', '2026-03-16'), '2026-03-09');
    assert.equal(reached('reconcile', '2026-01-01', '2026-03-08'), '2026-01-01');
    assert.equal(reached('reconcile', '2026-01-01', '2026-03-16'), '2026-01-01');
    assert.equal(reached('reconcile', '2026-03-10', '2026-03-16'), '2026-03-09');
    assert.equal(reached('reconcile', '2026-01-01', '2026-03-07'), '2026-03-09'); // the 8th is missing
    assert.equal(reached('reconcile', '2026-01-01', '2026-03-16', null), null);
  });

  it('has all of a family that comes whole each time', () => {
    assert.equal(settle(fetchOf('first', '2026-03-09', '2026-03-16', 'ring_configuration')).reached, '2015-01-01');
  });

  it('remembers when something new came, and learns the hour of polls', () => {
    const recent = fetchOf('recent', '2026-03-13', '2026-03-16');
    assert.ok(!('lastChangeAt' in settle(recent)));
    const { lastChangeAt, arrivals } = settle(recent, {}, { updated: 1 });
    assert.equal(lastChangeAt, NOW);
    assert.equal(arrivals?.indexOf(1), 6 * 24 + 9);
    assert.ok(!('arrivals' in settle(fetchOf('first', '2026-03-09', '2026-03-16'), {}, { created: 7 }))); // told by the load, not by the ring
    assert.equal(settle(recent, {}, { rows: 1 }).lastChangeAt, NOW);
  });
});
