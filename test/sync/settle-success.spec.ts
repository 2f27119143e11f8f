import assert from 'node:assert/strict';
import { FamilyBook } from '../../lib/sync/family-book';
import type { FamilyState, Fetch } from '../../lib/sync/plan';
import type { FetchOutcome } from '../../lib/sync/run-fetch';
import { settleSuccess } from '../../lib/sync/settle-success';

const NOW = Date.parse('2026-03-15T09:00:00Z'); // a Sunday
const nothing: FetchOutcome = {
  created: 0,
  updated: 0,
  deleted: 0,
  rows: 0,
  setAside: [],
  hints: [],
  changedDay: null,
  newestDay: '2026-03-14',
  newestAt: null,
};
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
  settleSuccess(
    fetch,
    { ...FamilyBook.fresh(true), ...family },
    { ...nothing, ...outcome },
    { now: NOW, startedAt: NOW, zone: 'UTC', sightings: [{ at: NOW - 600_000, seenAt: NOW - 600_000, app: false }] },
  );

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

  it('does not take a series of which only the holes were looked for as loaded', () => {
    const holes = fetchOf('reconcile', '2026-01-01', '2026-03-16', 'heartrate');
    assert.equal(settle(holes, { reached: '2026-03-09' }).reached, '2026-03-09');
    assert.equal(settle({ ...holes, whole: true } as Fetch, { reached: '2026-03-09' }).reached, '2026-01-01');
  });

  it('learns nothing about the family from one document that is not there', () => {
    const one: Fetch = { kind: 'document', endpoint: 'sleep', id: 'gone' };
    assert.deepEqual(settle(one, { failures: 3, blocked: 'no_scope' }, { absent: 'missing' }), {});
  });

  it('has all of a family that comes whole each time', () => {
    assert.equal(settle(fetchOf('first', '2026-03-09', '2026-03-16', 'ring_configuration')).reached, '2015-01-01');
  });

  it('counts a comparison up to today as fresh', () => {
    const compare = (endpoint: Fetch['endpoint']) =>
      settle(fetchOf('reconcile', '2026-03-01', '2026-03-16', endpoint), { reached: '2026-03-01' });
    assert.deepEqual([compare('sleep').lastSuccessAt, compare('sleep').reconciledDay], [NOW, '2026-03-15']);
    assert.deepEqual([compare('heartrate').lastSuccessAt, compare('heartrate').reconciledDay], [NOW, '2026-03-15']);
    assert.ok(!('reconciledDay' in settle(fetchOf('recent', '2026-03-13', '2026-03-16'))));
  });

  it('remembers when something new came', () => {
    const recent = fetchOf('recent', '2026-03-13', '2026-03-16');
    assert.ok(!('lastChangeAt' in settle(recent)));
    assert.equal(settle(recent, {}, { updated: 1 }).lastChangeAt, NOW);
    assert.equal(settle(recent, {}, { rows: 1 }).lastChangeAt, NOW);
  });

  it('learns how many syncs bring something new; older ones count less', () => {
    const recent = fetchOf('recent', '2026-03-13', '2026-03-16');
    const before = { newestDay: '2026-03-15', lastSuccessAt: NOW - 3_600_000, share: { syncs: 10, hits: 5 } };
    assert.deepEqual(settle(recent, before, { created: 1 }).share, { syncs: 10 * 0.97 + 1, hits: 5 * 0.97 + 1 });
    assert.deepEqual(settle(recent, before).share, { syncs: 10 * 0.97 + 1, hits: 5 * 0.97 });
    assert.deepEqual(settle(recent, { ...before, lastSuccessAt: NOW - 60_000 }).share, before.share); // no sync since
    assert.deepEqual(settle(recent, { ...before, hintAt: NOW - 60_000 }, { created: 1 }).share, before.share);
  });
});
