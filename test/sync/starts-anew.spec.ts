import assert from 'node:assert/strict';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { nextTurn } from '../../lib/async/next-turn';
import { personIdOf } from '../../lib/sync/person-id';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud } from '../simulator/server/support/test-cloud';
import { AccountRig } from '../support/account-rig';
import { dailySleep, night } from '../support/days';

const NOW = '2026-03-15T09:00:00Z';

describe('an account with a new sign-in', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    cloud = await TestCloud.start([new HandPerson([dailySleep('2026-03-14', 72), night('2026-03-14')], { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  const person = (): string => cloud.control.personIds[0] ?? '';

  it('goes on at once when it had waited for one since its start', async () => {
    const lease = rig.acquire({}, 'later-token');
    await rig.until('the state', () => lease.session.state.kind === 'sign_in');
    cloud.control.addToken({ token: 'later-token', personId: person() });
    lease.session.signedIn();
    await rig.loaded(lease);
    assert.deepEqual(lease.session.problems, []);
  });

  it('goes on at once when its token was refused while it ran', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    const engine = await rig.loaded(lease);
    cloud.control.revokeToken('demo-token');
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 80).body);
    await rig.passing('the refusal', 60_000, () => engine.state.kind === 'sign_in');
    cloud.control.addToken({ token: 'demo-token', personId: person() });
    lease.session.signedIn();
    await rig.until('the score', () => lease.session.host?.keeper.current.documents.newest('daily_sleep')?.day === '2026-03-15');
    await rig.until('the state', () => engine.state.kind === 'connected');
  });

  it('asks again for families that a permission was missing for', async () => {
    cloud.control.setScopes('demo-token', ['personal', 'daily']);
    const lease = rig.acquire({ timezone: 'UTC' });
    const engine = await rig.loaded(lease);
    assert.equal(engine.family('workout').blocked, 'no_scope');
    cloud.control.setScopes('demo-token', ['personal', 'daily', 'workout']);
    lease.session.signedIn();
    await rig.until('the workouts', () => engine.family('workout').blocked === null && engine.family('workout').lastSuccessAt !== null);
    assert.equal(engine.family('heartrate').blocked, 'no_scope');
  });

  it('closes everything, lets the work be done, and follows the person anew', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    const followed: string[] = [];
    lease.session.withHost(({ personId }) => {
      followed.push(`begin ${personId}`);
      return () => followed.push(`end ${personId}`);
    });
    const before = lease.session.host;
    await lease.session.startAnewAfter(async () => {
      for (let turn = 0; turn < 50; turn += 1) await nextTurn(); // long enough for the account to come back too early
      assert.equal(lease.session.host, null);
      assert.deepEqual(
        readdirSync(rig.folder).filter((file) => file.endsWith('-wal')),
        [], // closed
      );
      rmSync(path.join(rig.folder, `${personIdOf(person())}.sqlite`));
    });
    await rig.until('another host', () => lease.session.host !== null && lease.session.host !== before);
    await rig.loaded(lease);
    const id = personIdOf(person());
    assert.deepEqual(followed, [`begin ${id}`, `end ${id}`, `begin ${id}`]);
    assert.equal(lease.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'], 72);
    assert.ok(existsSync(path.join(rig.folder, `${id}.sqlite`)));
  });

  it('starts anew even when the work fails, and says so to whoever asked', async () => {
    const lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    await assert.rejects(
      lease.session.startAnewAfter(() => Promise.reject(new Error('no room'))),
      /no room/,
    );
    await rig.loaded(lease);
  });
});
