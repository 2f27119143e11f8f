import assert from 'node:assert/strict';
import { HandPerson } from '../simulator/server/support/hand-person';
import { dailySleep } from '../support/days';
import { FlowRig } from '../support/flow-rig';
import { startPublicServer, type PublicServer } from '../support/public-server';
import { APPLICATION, KEY, only, signed, told } from '../support/webhook-rig';

const NOW = '2026-03-15T12:00:00Z';
const SUBSCRIPTIONS = '/v2/webhook/subscription';

interface Payload {
  readonly event: string;
  readonly [key: string]: unknown;
}

describe('a webhook node', () => {
  let rig: FlowRig;
  let server: PublicServer;

  beforeEach(async () => {
    rig = await FlowRig.start(new HandPerson([dailySleep('2026-03-14', 72)], { zone: 'UTC', id: 'person-1' }), NOW);
    server = await startPublicServer(rig.runtime);
  });
  afterEach(async () => {
    await rig.clear();
    await server.close();
  });

  const load = (node: object = {}, account: object = {}): Promise<void> =>
    rig.load(
      [{ id: 'webhook', type: 'oura-webhook', account: 'account', wires: [['out']], ...node }],
      { historyDays: 30, webhookUrl: server.url, families: only('daily_sleep', 'workout'), ...account },
      'test-token',
      APPLICATION,
    );
  const payloads = (event: string): readonly Payload[] =>
    rig.messages.map(({ payload }) => payload as Payload).filter((payload) => payload.event === event);
  const active = async (): Promise<void> => {
    await rig.until('subscriptions', () => rig.runtime.webhooks.statusOf('account').state === 'active');
  };
  const post = async (more: object = {}): Promise<number> => {
    const { body, headers } = signed(told('person-1', more), rig.server.clock.now());
    return (await fetch(`${server.url}/oura/webhook/${KEY}`, { method: 'POST', body, headers })).status;
  };
  const lastStatus = (): string => rig.statuses('webhook').at(-1) ?? '';

  it('tells of each event once, in the words of Oura, and when webhooks have become active', async () => {
    await load();
    await active();
    assert.equal(await post({ object_id: 'doc-7', event_type: 'update' }), 200);
    const message = await rig.until('the event', () => rig.messages.find(({ payload }) => (payload as Payload).event === 'webhook'));
    const { received_at, ...payload } = message.payload as Payload;
    assert.equal((message as { topic?: unknown }).topic, 'oura/ann/webhook');
    assert.deepEqual(payload, {
      event: 'webhook',
      event_type: 'update',
      data_type: 'daily_sleep',
      family: 'daily_sleep',
      object_id: 'doc-7',
      event_time: '2026-03-15T08:00:00.000Z',
    });
    assert.ok(Math.abs(Date.parse(String(received_at)) - rig.server.clock.now()) < 60_000);
    assert.deepEqual(Object.keys(message.oura), ['account']);
    assert.match(JSON.stringify(message.oura), /"name":"Ann".*"slug":"ann"/);
    assert.deepEqual(payloads('webhooks'), [{ event: 'webhooks', health: 'active', state: 'active' }]);
    await rig.until('the light', () => lastStatus().includes('oura-webhook.last.update'));
    assert.equal(payloads('webhook').length, 1);
  });

  it('tells only of what was chosen', async () => {
    await load({ events: ['create', 'delete'], families: ['workout'] });
    await active();
    await post({ object_id: 'a', data_type: 'daily_sleep' });
    await post({ object_id: 'b', data_type: 'workout', event_type: 'update' });
    await post({ object_id: 'c', data_type: 'workout', event_type: 'delete' });
    await rig.until('the event', () => payloads('webhook').length > 0);
    assert.deepEqual(
      payloads('webhook').map((payload) => payload['object_id']),
      ['c'],
    );
  });

  it('answers how webhooks stand, on the message that asked', async () => {
    await load();
    await active();
    const { topic, payload, ...rest } = await rig.ask('webhook', { topic: 'old', payload: 12, mine: 1 });
    assert.equal(topic, 'oura/ann/webhook');
    assert.equal((rest as unknown as { mine: number }).mine, 1);
    const { event, health, state, callbackUrl, subscriptions, waiting } = payload as Payload;
    assert.deepEqual([event, health, state, waiting], ['report', 'active', 'active', 0]);
    assert.equal(callbackUrl, `${server.url}/oura/webhook/${KEY}`);
    assert.deepEqual([(subscriptions as Payload)['wanted'], (subscriptions as Payload)['active']], [6, 6]);
    assert.ok(!JSON.stringify(payload).includes('legacy'));
  });

  it('checks the address when asked to', async () => {
    await load();
    const { payload } = await rig.ask('webhook', { payload: 'check' });
    const { event, works, steps } = payload as Payload;
    assert.deepEqual([event, works], ['check', true]);
    const [first, second] = steps as readonly Payload[];
    assert.match(String(first?.['text']), /address\.step\.address/);
    assert.deepEqual([second?.['level'], second?.['code']], ['notice', 'private_host']);
    assert.match(
      `${String(second?.['text'])} ${String(second?.['remedy'])}`,
      /address\.found\.private_host.*address\.remedy\.private_host/,
    );
  });

  it('subscribes anew when asked to: what is missing is made, the rest renewed', async () => {
    await load();
    await active();
    const [first] = rig.server.control.subscriptions();
    const headers = { 'x-client-id': APPLICATION.clientId, 'x-client-secret': APPLICATION.clientSecret };
    await fetch(`${rig.server.url}${SUBSCRIPTIONS}/${first?.id ?? ''}`, { method: 'DELETE', headers });
    const before = rig.server.control.requests().length;
    const { payload } = await rig.ask('webhook', { oura: { command: 'subscribe' } });
    assert.deepEqual([(payload as Payload)['event'], (payload as Payload)['state']], ['report', 'active']);
    assert.equal(rig.server.control.subscriptions().length, 6);
    const asked = rig.server.control
      .requests()
      .slice(before)
      .filter(({ path }) => path.startsWith(SUBSCRIPTIONS));
    assert.equal(asked.filter(({ method }) => method === 'POST').length, 1);
    assert.equal(asked.filter(({ path }) => path.includes('/renew/')).length, 6);
  });

  it('says in its light and its answer what Oura does not like', async () => {
    await load({}, { webhookUrl: 'http://127.0.0.1:9' });
    await rig.until('the problem', () => lastStatus().includes('error.webhook_'));
    const { payload } = await rig.ask('webhook');
    const { state, code, text, remedy } = payload as Payload;
    assert.equal(state, 'refused');
    assert.match(`${String(text)} ${String(remedy)}`, new RegExp(`error\\.${String(code)}.*remedy\\.${String(code)}`));
    await rig.until('the message', () => payloads('webhooks').some((one) => one['code'] === code));
  });

  it('says that there are none: no address, no application, or a made-up person', async () => {
    await load({}, { webhookUrl: '' });
    await rig.until('the light', () => lastStatus().includes('webhookState.off'));
    assert.deepEqual([((await rig.ask('webhook')).payload as Payload)['state'], payloads('webhooks')], ['off', []]);
    assert.equal(((await rig.ask('webhook', { payload: 'subscribe' })).payload as Payload)['state'], 'off');
    assert.equal(((await rig.ask('webhook', { payload: 'check' })).payload as Payload)['works'], false);
  });

  it('follows the switch of the person', async () => {
    await load();
    await active();
    const { settings } = rig.runtime.sessionOf('account')?.host ?? assert.fail('no person');
    const { controls } = rig.runtime.publishing.persons.of(settings);
    controls.set('webhooks', false, 0);
    await rig.until('the news', () => payloads('webhooks').at(-1)?.['health'] === 'off');
    await rig.until('no subscriptions', () => rig.server.control.subscriptions().length === 0);
    assert.equal(rig.runtime.sessionOf('account')?.webhookState, 'off');
    controls.set('webhooks', true, 0);
    await active();
  });

  it('refuses a word that is no command', async () => {
    await load();
    rig.node('webhook').receive({ payload: 'explode' });
    await rig.until('an error', () => rig.errorCodes('webhook').includes('field_invalid'));
  });

  it('says that it has no account', async () => {
    await load({ account: 'gone' });
    rig.node('webhook').receive({});
    await rig.until('an error', () => rig.errorCodes('webhook').includes('account_missing'));
    assert.match(rig.statuses('webhook')[0] ?? '', /error\.account_missing/);
  });
});
