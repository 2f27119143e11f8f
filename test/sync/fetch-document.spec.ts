import assert from 'node:assert/strict';
import type { Lease } from '../../lib/runtime';
import { deleteDocument } from '../../lib/sync/delete-document';
import type { PersonEngine } from '../../lib/sync/person-engine';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep } from '../support/days';

const SIGNAL = new AbortController().signal;

describe('fetching one document', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let engine: PersonEngine;

  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC' })], '2026-03-15T09:00:00Z');
    rig = new AccountRig(cloud.server);
    lease = rig.acquire({ timezone: 'UTC' });
    engine = await rig.loaded(lease);
  });
  afterEach(() => rig.clear());

  const fetchOne = (id: string, endpoint: 'daily_sleep' | 'heartrate' = 'daily_sleep') =>
    engine.fetchNow({ kind: 'document', endpoint, id }, SIGNAL);
  const keeper = () => {
    assert.ok(lease.session.host);
    return lease.session.host.keeper;
  };

  it('stores it, as told by a webhook', async () => {
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 85).body);
    const { created, newestDay, absent } = await fetchOne('ds-2026-03-15');
    assert.deepEqual([created, newestDay, absent], [1, '2026-03-15', undefined]);
    const [change] = keeper().current.changes.read({ after: 0, limit: 10, historic: false });
    assert.deepEqual([change?.kind, change?.via], ['created', 'webhook']);
  });

  it('says that Oura does not have it, and neither blocks its family nor makes a problem of it', async () => {
    const before = engine.family('daily_sleep');
    const { absent, created, deleted } = await fetchOne('not-yet-there');
    assert.deepEqual([absent, created, deleted], ['missing', 0, 0]);
    assert.deepEqual({ ...engine.family('daily_sleep'), lastAttemptAt: null }, { ...before, lastAttemptAt: null });
    assert.deepEqual([engine.problems, rig.log.filter((line) => /^(error|warn)/.test(line))], [[], []]);
    cloud.control.put('daily_sleep', { ...dailySleep('2026-03-15', 85).body, id: 'not-yet-there' });
    assert.equal((await fetchOne('not-yet-there')).created, 1);
  });

  it('tells 404 from what cannot be asked for, and asks nothing then', async () => {
    const before = cloud.control.requests().length;
    for (const [id, endpoint] of [
      ['..', 'daily_sleep'],
      ['a\u0000b', 'daily_sleep'],
      ['any', 'heartrate'],
    ] as const) {
      assert.equal((await fetchOne(id, endpoint)).absent, 'unasked');
      assert.equal(engine.family(endpoint).blocked, null);
    }
    assert.equal(cloud.control.requests().length, before);
  });

  it('still blocks a family whose collection is not there', async () => {
    cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, status: 404 });
    const recent = { kind: 'recent', endpoint: 'daily_sleep', from: '2026-03-13', to: '2026-03-16' } as const;
    await assert.rejects(engine.fetchNow(recent, SIGNAL), { code: 'not_found' });
    assert.equal(engine.family('daily_sleep').blocked, 'not_supported');
    assert.equal((await fetchOne('not-there')).absent, 'missing');
    assert.equal(engine.family('daily_sleep').blocked, 'not_supported'); // a missing document proves nothing about the family
  });

  it('LESSON: delete events ignored: a document is deleted once, and told with what it was', () => {
    const context = { via: 'webhook', historic: false, at: cloud.control.now } as const;
    assert.equal(deleteDocument(keeper(), 'daily_sleep', 'ds-2026-03-14', context)?.previous?.['score'], 72);
    assert.equal(deleteDocument(keeper(), 'daily_sleep', 'ds-2026-03-14', context), null);
    assert.equal(keeper().current.documents.newest('daily_sleep'), null);
  });
});
