import assert from 'node:assert/strict';
import path from 'node:path';
import { systemClock } from '../../lib/async/system-clock';
import { systemRandom } from '../../lib/async/system-random';
import { SimulatorServer } from '../../lib/simulator/server/simulator-server';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { personIdOf } from '../../lib/sync/person-id';
import { HandPerson } from '../simulator/server/support/hand-person';
import { dailySleep } from '../support/days';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed } from '../support/real-node-red';
import { APPLICATION, KEY, only, signed, told } from '../support/webhook-rig';

/** Events over real HTTP into a real Node-RED, with the package as people install it. */
describe('webhooks in a real Node-RED', function () {
  this.timeout(180_000);
  let cloud: SimulatorServer;
  let packed: PackedPackage;
  let nodeRed: RealNodeRed;

  before(() => {
    packed = packedPackage();
  });
  after(() => {
    packed.clear();
  });
  beforeEach(async () => {
    const person = new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC' });
    cloud = await SimulatorServer.start({
      persons: [person],
      clock: systemClock,
      random: systemRandom,
      tokens: { 'demo-token': { person: 0 } },
    });
  });
  afterEach(async () => {
    await nodeRed.clear();
    await cloud.close();
  });

  const account = (more: object = {}): object => ({
    id: 'a1',
    type: 'oura-account',
    name: 'Ann',
    slug: 'ann',
    mode: 'token',
    apiBase: cloud.url,
    historyDays: 1,
    families: only('daily_sleep'),
    webhookUrl: nodeRed.url,
    version: 2,
    credentials: { ...APPLICATION, accessToken: 'demo-token' },
    ...more,
  });
  const address = (): string => `${nodeRed.url}/red/oura/webhook/${KEY}`;
  const post = async ({ body, headers }: ReturnType<typeof signed>): Promise<number> => {
    const answer = await fetch(address(), { method: 'POST', body, headers });
    assert.match(answer.headers.get('content-type') ?? '', /^application\/json/);
    return answer.status;
  };
  const subscribed = (): Promise<unknown> => nodeRed.until('the subscriptions', () => cloud.control.subscriptions().length === 3);

  it('come in below httpNodeRoot, survive kill -9, stay over deploys and go with the account', async () => {
    nodeRed = await RealNodeRed.start('node-red', { flows: [], settings: { httpNodeRoot: '/red' } });
    await packed.install(nodeRed);
    await nodeRed.deploy([account()]);
    await subscribed();
    const before = cloud.control.subscriptions();
    assert.deepEqual([...new Set(before.map(({ callbackUrl }) => callbackUrl))], [address()]);

    cloud.control.fail({ match: { path: '/v2/usercollection/*' }, status: 503 }); // what waits goes on waiting
    const id = 'SENTINEL-document';
    const spaced = told('person-1', { object_id: id }).replaceAll('":"', '": "'); // the admin API parses it on the way
    const good = signed(spaced, systemClock.now());
    assert.equal(await post(good), 200);
    assert.equal(await post(good), 409);
    assert.equal(await post({ ...good, headers: {} }), 401);
    assert.equal(await post(signed('{}', systemClock.now())), 400);
    assert.equal(await post(signed('x'.repeat(2_000_000), systemClock.now())), 413);
    const { log, userDir } = nodeRed;
    await nodeRed.end('SIGKILL');
    const store = openSqliteStore(path.join(userDir, 'oura', `${personIdOf('person-1')}.sqlite`), { clock: systemClock });
    assert.deepEqual(
      store.events.list().map((event) => event.id),
      [id],
    );
    store.close();
    for (const secret of [APPLICATION.clientSecret, APPLICATION.clientId, id, 'person-1'])
      assert.deepEqual(
        log.filter((line) => line.includes(secret)),
        [],
      );

    cloud.control.clearFaults();
    nodeRed = await RealNodeRed.start('node-red', { userDir, settings: { httpNodeRoot: '/red' } });
    await nodeRed.deploy([account({ interval: 20 })]); // at another port
    await nodeRed.until('the new address', () => cloud.control.subscriptions().every(({ callbackUrl }) => callbackUrl === address()));
    await nodeRed.deploy([account({ interval: 30 })]);
    assert.deepEqual(
      cloud.control.subscriptions().map((one) => one.id),
      before.map((one) => one.id),
    );
    await nodeRed.deploy([]);
    await nodeRed.until('the end', () => cloud.control.subscriptions().length === 0);
  });
});
