import assert from 'node:assert/strict';
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { personIdOf } from '../../lib/sync/person-id';
import { AccountRig } from '../support/account-rig';
import { dailySleep, night } from '../support/days';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';

const NOW = '2026-03-15T09:00:00Z';
const MINUTE = 60_000;
const days = Array.from({ length: 120 }, (_, back) =>
  new Date(Date.parse('2026-03-15T00:00:00Z') - back * 86_400_000).toISOString().slice(0, 10),
);

describe('accounts and persons', () => {
  let cloud: TestCloud;
  let rig: AccountRig;

  beforeEach(async () => {
    const ann = new HandPerson([...days.map((day) => dailySleep(day, 80)), ...days.map((day) => night(day))], { zone: 'UTC', id: 'ann' });
    const ben = new HandPerson([dailySleep('2026-03-14', 33)], { zone: 'UTC', id: 'ben' });
    cloud = await TestCloud.start([ann, ben], NOW, { tokens: { [TOKEN]: { person: 0 }, 'ben-token': { person: 1 } } });
    rig = new AccountRig(cloud.server);
  });
  afterEach(() => rig.clear());

  it('names the database after the person, not after the account', async () => {
    await rig.loaded(rig.acquire());
    assert.ok(readdirSync(rig.folder).includes(`${personIdOf('ann')}.sqlite`));
  });

  it('LESSON: a second person is added: their data never meets that of the first', async () => {
    const ann = rig.acquire({ id: 'a', name: 'Ann' });
    const ben = rig.acquire({ id: 'b', name: 'Ben' }, 'ben-token');
    await rig.loaded(ann);
    await rig.loaded(ben);
    assert.equal(ann.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'], 80);
    assert.equal(ben.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'], 33);
    assert.equal(readdirSync(rig.folder).filter((file) => file.endsWith('.sqlite')).length, 2);
  });

  it('lets two accounts of one person share engine and data, and says so', async () => {
    const first = rig.acquire({ id: 'a' });
    await rig.loaded(first);
    const before = rig.requestsTo('daily_sleep').length;
    const second = rig.acquire({ id: 'b' });
    await rig.loaded(second);
    assert.equal(first.session.host, second.session.host);
    assert.equal(rig.requestsTo('daily_sleep').length, before);
    assert.ok(rig.log.some((line) => line.includes('shares the data')));
  });

  it('hands the engine on when the account that drove it is removed', async () => {
    const first = rig.acquire({ id: 'a' });
    await rig.loaded(first);
    const second = rig.acquire({ id: 'b' });
    await rig.until('the second to join', () => second.session.host);
    first.release();
    await rig.passing('another leader', MINUTE, () => second.session.host?.leader === 'b');
    cloud.control.put('daily_sleep', dailySleep('2026-03-15', 99).body);
    cloud.control.put('sleep', night('2026-03-15', { latency: 60 }).body);
    await rig.worn(
      'the new score',
      MINUTE,
      () => second.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'] === 99,
    );
  });

  it("refuses another person's token before anything is written", async () => {
    const lease = rig.acquire();
    await rig.loaded(lease);
    lease.release();
    const other = rig.acquire({}, 'ben-token');
    await rig.until('the refusal', () => other.session.state.kind === 'refused');
    assert.deepEqual(
      other.session.problems.map(({ error }) => error.code),
      ['person_changed'],
    );
    assert.equal(other.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'], 80);
    assert.equal(readdirSync(rig.folder).filter((file) => file.endsWith('.sqlite')).length, 1);
  });

  it('lets an account that tried the demo change to a real ring, and back', async () => {
    const demo = rig.acquire({ mode: 'demo', historyDays: 3 });
    await rig.passing('the demo', 10, () => demo.session.state.kind === 'connected');
    const demoPerson = demo.session.host?.personId;
    demo.release();
    const real = rig.acquire();
    await rig.loaded(real);
    assert.equal(real.session.host?.personId, personIdOf('ann'));
    real.release();
    const again = rig.acquire({ mode: 'demo', historyDays: 3 });
    await rig.passing('the demo again', 10, () => again.session.host?.personId === demoPerson);
  });

  it('has its data at a start without Oura', async () => {
    const lease = rig.acquire();
    await rig.loaded(lease);
    await rig.stop();
    cloud.control.fail({ dropConnection: true });
    const again = new AccountRig(cloud.server, rig.folder);
    const offline = again.acquire();
    await again.until('the data', () => offline.session.host?.keeper.current.documents.newest('daily_sleep')?.body['score'] === 80);
    await again.passing('the state', 1000, () => offline.session.state.kind === 'offline');
    cloud.control.clearFaults();
    await again.passing('the end of the outage', MINUTE, () => offline.session.state.kind === 'connected');
    assert.deepEqual(offline.session.problems, []);
    await again.stop();
  });

  it('goes through a redeploy in the middle of a backfill without a second engine, a lost or a doubled document', async () => {
    let lease = rig.acquire({ historyDays: 120 });
    const engine = await rig.engine(lease);
    await rig.until('a part of the history', () => (engine.family('sleep').reached ?? '9') < '2026-02-01');
    for (let deploy = 0; deploy < 10; deploy += 1) {
      lease.release();
      lease = rig.acquire({ historyDays: 120 });
    }
    await rig.loaded(lease);
    assert.equal(lease.session.host?.engine, engine); // the same one all along
    const created = lease.session.host.keeper.current.changes.read({ after: 0, limit: 10_000, endpoint: 'sleep' });
    assert.equal(created.length, new Set(created.map(({ id }) => id)).size);
    assert.equal(lease.session.host.keeper.current.documents.range('sleep', days.at(-1) ?? null, days[0] ?? null).length, 120);
  });

  it('goes on with what is there when options change', async () => {
    let lease = rig.acquire({ interval: 15 });
    await rig.loaded(lease);
    lease.release();
    const before = rig.requestsTo('sleep').length;
    lease = rig.acquire({ interval: 30 });
    const engine = await rig.loaded(lease);
    assert.equal(engine.family('sleep').newestDay, '2026-03-15');
    assert.equal(rig.requestsTo('sleep').length, before);
  });

  it('stops when the last node lets go, and only after a grace', async () => {
    const lease = rig.acquire();
    await rig.loaded(lease);
    lease.release();
    lease.release(); // harmless
    await rig.passing('the grace', 1000, () => cloud.control.now > Date.parse(NOW) + 4000);
    assert.notEqual(lease.session.host, null);
    await rig.passing('the end', 1000, () => lease.session.host === null);
  });

  for (const [token, code] of [
    ['', 'token_missing'],
    ['   ', 'token_missing'],
    ['two words', 'token_malformed'],
    ['tökën', 'token_malformed'],
    ['wr0ng-t0ken', 'not_authorised'],
  ] as const) {
    it(`asks for a sign-in when the token is ${JSON.stringify(token)}`, async () => {
      const lease = rig.acquire({}, token);
      await rig.until('the state', () => lease.session.state.kind === 'sign_in');
      assert.deepEqual(
        lease.session.problems.map(({ error }) => error.code),
        [code],
      );
      if (token.trim() !== '') assert.ok(!rig.log.join('\n').includes(token.trim()));
    });
  }

  it('says that an address is none, and waits for another', async () => {
    const lease = rig.acquire({ apiBase: 'not an address' });
    await rig.until('the state', () => lease.session.state.kind === 'refused');
    assert.deepEqual(
      lease.session.problems.map(({ error }) => error.code),
      ['address_invalid'],
    );
    await rig.loaded(rig.acquire());
  });

  it('says that a server cannot be reached, and goes on when it can', async () => {
    cloud.control.fail({ dropConnection: true });
    const lease = rig.acquire();
    await rig.passing('the state', 1000, () => lease.session.state.kind === 'offline');
    cloud.control.clearFaults();
    await rig.passing('the data', MINUTE, () => lease.session.state.kind === 'connected');
  });

  for (const [name, fault] of [
    ['a web page', { html: true }],
    ['JSON that ends in the middle', { body: '{"data":[{"id"' }],
    ['JSON of another shape', { body: { hello: 'world' } }],
    ['pages without end', { repeatNextToken: true }],
    ['a broken document', { body: { data: [{ id: 'x', day: 'tomorrow' }, dailySleep('2026-03-15', 91).body], next_token: null } }],
  ] as const) {
    it(`takes ${name} for one family without harm to it or to others`, async () => {
      const lease = rig.acquire();
      const engine = await rig.loaded(lease);
      cloud.control.fail({ match: { path: '/v2/usercollection/daily_sleep' }, ...fault });
      cloud.control.put('sleep', night('2026-03-16').body);
      await rig.worn('a problem', MINUTE, () => rig.events.some(({ type }) => type === 'problem'));
      await rig.worn('the other family', MINUTE, () => engine.family('sleep').newestDay === '2026-03-16');
      const kept = lease.session.host?.keeper.current;
      assert.equal(kept?.documents.range('daily_sleep', '2026-02-14', '2026-03-14').length, 29);
      if (name === 'a broken document') {
        assert.equal(kept.documents.newest('daily_sleep')?.body['score'], 91);
        assert.equal(kept.setAside.count(), 1);
        assert.equal(rig.events.filter(({ type }) => type === 'problem').length, 1);
      }
      cloud.control.clearFaults();
      await rig.worn('the end of the trouble', 5 * MINUTE, () => engine.problems.length === 0);
    });
  }

  it('keeps data in memory and says so when the folder cannot be made', async () => {
    const file = path.join(rig.folder, 'file');
    writeFileSync(file, 'in the way');
    const blocked = new AccountRig(cloud.server, path.join(file, 'oura'));
    const lease = blocked.acquire();
    await blocked.loaded(lease);
    assert.equal(lease.session.host?.keeper.current.kind, 'memory');
    assert.deepEqual(
      lease.session.problems.map(({ error }) => error.code),
      ['store_unavailable'],
    );
    assert.equal(lease.session.host.keeper.current.documents.newest('daily_sleep')?.day, '2026-03-15');
    await blocked.stop();
  });

  it('keeps at most 90 days in memory mode, and settings on disk without a health value', async () => {
    const lease = rig.acquire({ storage: 'memory', historyDays: '' });
    await rig.loaded(lease);
    assert.equal(lease.session.host?.keeper.current.documents.range('daily_sleep', null, null).length, 90);
    const files = readdirSync(rig.folder);
    assert.deepEqual(files, [`${personIdOf('ann')}.settings.json`]);
    const settings = JSON.parse(readFileSync(path.join(rig.folder, files[0] ?? ''), 'utf8')) as Record<string, unknown>;
    assert.deepEqual(Object.keys(settings).toSorted(), ['accounts', 'budget:account-1', 'onRemove']);
  });

  it('does not overwrite a database of a newer version', async () => {
    const lease = rig.acquire();
    await rig.loaded(lease);
    await rig.stop();
    const file = path.join(rig.folder, `${personIdOf('ann')}.sqlite`);
    const { DatabaseSync } = await import('node:sqlite');
    const db = new DatabaseSync(file);
    db.exec('PRAGMA user_version = 999');
    db.close();
    const again = new AccountRig(cloud.server, rig.folder);
    const second = again.acquire();
    await again.loaded(second);
    assert.deepEqual(
      second.session.problems.map(({ error }) => error.code),
      ['store_newer'],
    );
    await again.stop();
  });

  it('keeps the slug when the account is renamed, and makes equal ones unique', async () => {
    const first = rig.acquire({ id: 'a', name: 'Änn Österby' });
    assert.equal(first.slug, 'ann_osterby');
    await rig.loaded(first);
    await rig.stop();
    const again = new AccountRig(cloud.server, rig.folder);
    const renamed = again.acquire({ id: 'a', name: 'Somebody else' });
    const other = again.acquire({ id: 'c', name: 'Ann Osterby' }, 'ben-token');
    assert.deepEqual([renamed.slug, other.slug], ['ann_osterby', 'ann_osterby_2']);
    await again.stop();
  });
});
