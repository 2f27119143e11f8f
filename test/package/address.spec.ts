import assert from 'node:assert/strict';
import type { AddressVerdict } from '../../lib/accounts/webhook-wire';
import type { Refusal } from '../../lib/accounts/wire';
import { applicationKeyOf } from '../../lib/sync/webhooks/application-key';
import { packedPackage, type PackedPackage } from '../support/packed-package';
import { RealNodeRed } from '../support/real-node-red';

/** bcrypt of `password`. */
const PASSWORD = '$2b$08$GRKAQs./rD1o33U63VHWHuVk3flMZp06oCY7uTBQ3Et2zwPPW7TIq';
const CLIENT = { clientId: 'my-application', clientSecret: 'my-secret' };
const PATH = `/oura/webhook/${applicationKeyOf(CLIENT.clientId)}`;

/** The check of the public address in a real Node-RED, with the package as people install it, before any Deploy. */
describe('the public address of a real Node-RED', function () {
  this.timeout(180_000);
  let packed: PackedPackage;
  let nodeRed: RealNodeRed;

  before(() => {
    packed = packedPackage();
  });
  after(() => {
    packed.clear();
  });
  afterEach(() => nodeRed.clear());

  async function start(settings: object = {}, env: NodeJS.ProcessEnv = {}): Promise<void> {
    nodeRed = await RealNodeRed.start('node-red', { settings, env, flows: [] });
    await packed.install(nodeRed);
  }
  async function ask(action: string, webhookUrl: string, more: object = {}): Promise<{ readonly status: number; readonly body: unknown }> {
    const answer = await fetch(`${nodeRed.url}/oura/account/a1/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ values: { mode: 'oauth2', webhookUrl, ...CLIENT }, ...more }),
    });
    return { status: answer.status, body: await answer.json() };
  }
  const check = async (webhookUrl: string): Promise<AddressVerdict> => (await ask('check-address', webhookUrl)).body as AddressVerdict; // the contract
  const last = ({ steps }: AddressVerdict): unknown => steps.at(-1)?.found?.code;

  it('is completed with httpNodeRoot, and found there; a path without it is not', async () => {
    await start({ httpNodeRoot: '/api' }, { RING_ADDRESS: 'https://ring.example.org' });
    const completed = await ask('webhook-address', '${RING_ADDRESS}');
    assert.deepEqual(completed.body, { callbackUrl: `https://ring.example.org/api${PATH}` });
    const right = await check(nodeRed.url);
    assert.deepEqual([right.works, right.callbackUrl], [true, `${nodeRed.url}/api${PATH}`]);
    const wrong = await check(`${nodeRed.url}/oura/webhook`);
    assert.deepEqual([wrong.works, wrong.callbackUrl], [false, nodeRed.url + PATH]);
    assert.deepEqual(wrong.steps.at(-1)?.found, { code: 'wrong_path', params: { path: PATH, served: `/api${PATH}` } });
  });

  it('asks strangers for the login of httpNodeAuth, and the check says so', async () => {
    await start({ httpNodeAuth: { user: 'ann', pass: PASSWORD } });
    const verdict = await check(nodeRed.url);
    assert.deepEqual([verdict.works, last(verdict)], [false, 'node_login']);
  });

  it('is not served when HTTP nodes are switched off', async () => {
    await start({ httpNodeRoot: false });
    assert.equal(last(await check(nodeRed.url)), 'switched_off');
  });

  it('is known from that of another installation, which answers a stranger in a way that can be recognised', async () => {
    await start();
    const other = await RealNodeRed.start('node-red', { flows: [] });
    try {
      await packed.install(other);
      assert.equal(last(await check(other.url)), 'other_installation');
      assert.equal((await check(nodeRed.url)).works, true);
      const answer = await fetch(`${nodeRed.url}/oura/webhook/0000000000000000?verification_token=x&challenge=y`);
      assert.deepEqual([answer.status, await answer.json()], [404, { error: 'unknown_application', service: 'node-red-oura' }]);
    } finally {
      await other.clear();
    }
  });

  it('is asked for by name: a missing variable and unknown fields are refused', async () => {
    await start();
    const missing = await ask('check-address', '${NOT_THERE}');
    assert.deepEqual(
      [missing.status, (missing.body as Refusal).errors],
      [422, [{ field: 'webhookUrl', code: 'environment_missing', params: { name: 'NOT_THERE' } }]],
    );
    assert.equal((await ask('check-address', nodeRed.url, { also: 1 })).status, 400);
  });
});
