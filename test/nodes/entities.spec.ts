import assert from 'node:assert/strict';
import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { HomeLink } from '../../lib/home/home-link';
import type { HomeNode } from '../../nodes/home/home-node';
import { HandPerson } from '../simulator/server/support/hand-person';
import { ClientBroker } from '../support/client-broker';
import { dailySleep, night } from '../support/days';
import { FlowRig } from '../support/flow-rig';
import { MemoryBroker } from '../support/memory-broker';

const NOW = '2026-03-15T12:00:00Z';
const entities = { id: 'entities', type: 'oura-entities', account: 'account', home: 'home', groups: [], metrics: [], wires: [['out']] };
const home = { id: 'home', type: 'oura-home', entities: 'mqtt' };

describe('an entities node', () => {
  let rig: FlowRig;
  let broker: MemoryBroker;
  let client: ClientBroker;

  beforeEach(async () => {
    broker = await MemoryBroker.start();
    client = new ClientBroker(broker.url);
    await client.until(true);
    rig = await FlowRig.start(new HandPerson([dailySleep('2026-03-15', 72), night('2026-03-15')], { zone: 'UTC' }), NOW);
    rig.further.push((RED) => {
      registerHome(RED, client);
    });
  });
  afterEach(async () => {
    await rig.clear();
    await client.close();
    await broker.close();
  });

  const retained = async (topic: string): Promise<string | undefined> => (await broker.retained()).get(topic);
  const keeps = (topic: string, payload?: string): Promise<unknown> =>
    rig.until(`${topic} ${payload ?? 'gone'}`, async () => (await retained(topic)) === payload);
  const published = async (): Promise<void> => {
    await rig.until('the entities', () => rig.statuses('entities').at(-1)?.includes('status.published'));
    await keeps('oura/ann/state/sleep_score', '72');
  };

  it('publishes the person of its account in Home Assistant, and says how much', async () => {
    await rig.load([home, entities], { historyDays: 30 });
    await published();
    const attributes = JSON.parse((await retained('oura/ann/attributes/sleep_score')) ?? '') as Readonly<Record<string, unknown>>;
    assert.deepEqual([attributes['day'], attributes['contributors']], ['2026-03-15', { deep_sleep: 57, latency: 0 }]);
    assert.match(rig.statuses('entities').at(-1) ?? '', /oura-entities\.status\.published/);
  });

  it('tells of controls that a person used, and echoes them', async () => {
    await rig.load([home, entities], { historyDays: 30 });
    await published();
    await client.publish({ topic: 'oura/ann/set/automation_mode', payload: 'ask', retain: false });
    const message = await rig.until('the message', () => rig.messages[0]);
    assert.equal(message.topic, 'oura/ann/control/automation_mode');
    assert.equal(message.payload, 'ask');
    const { account, ...rest } = message.oura;
    assert.deepEqual(rest, { control: 'automation_mode', previous: 'suggest' });
    assert.deepEqual([(account as { name: string }).name, (account as { slug: string }).slug], ['Ann', 'ann']);
    await keeps('oura/ann/state/automation_mode', 'ask');
  });

  it('takes further entities, and refuses what is none with the code of the error', async () => {
    await rig.load([home, entities], { historyDays: 30 });
    await published();
    rig.node('entities').receive({ payload: { key: 'mood', name: 'Mood', value: 'fine' } });
    await keeps('oura/ann/state/mood', 'fine');
    rig.node('entities').receive({ payload: { key: 'steps', name: 'Steps', value: 1 } });
    await rig.until('the refusal', () => rig.errorCodes('entities').includes('entity_reserved'));
    assert.equal(rig.doneBy('entities'), 2);
  });

  it('leaves values when it closes, tells that nobody acts, and goes on after a redeploy', async () => {
    await rig.load([home, entities], { historyDays: 30 });
    await published();
    await rig.unload();
    await keeps('oura/ann/availability', 'offline');
    assert.equal(await retained('oura/ann/state/sleep_score'), '72');
    await rig.load([home, entities], { historyDays: 30 });
    await keeps('oura/ann/availability', 'online');
    await published();
  });

  it('that is gone from the flows is cleared by the next start', async () => {
    await rig.load([home, entities, { ...entities, id: 'other', metrics: ['steps'] }], { historyDays: 30 });
    await published();
    await rig.unload();
    await rig.load([home, { ...entities, id: 'other', metrics: ['steps'] }], { historyDays: 30 });
    const configured = async (): Promise<string> =>
      [...(await broker.retained()).keys()]
        .filter((topic) => topic.endsWith('/config'))
        .map((topic) => topic.split('/').at(-2))
        .join();
    await rig.until('the clearing', async () => (await configured()) === 'steps');
  });

  for (const [what, nodes, account, code] of [
    ['account', [home, entities], null, 'account_missing'],
    ['home', [entities], {}, 'home_missing'],
    ['broker', [{ ...home, without: true }, entities], {}, 'broker_missing'],
  ] as const) {
    it(`without its ${what} says so, and refuses messages`, async () => {
      await rig.load(nodes, account);
      assert.match(rig.statuses('entities').at(-1) ?? '', new RegExp(`error\\.${code}$`));
      rig.node('entities').receive({ payload: { key: 'mood', name: 'Mood', value: 'fine' } });
      await rig.until('the error', () => rig.errorCodes('entities').includes(code));
    });
  }
});

/** An oura-home node with a broker that the test chose. */
function registerHome(RED: NodeAPI, broker: ClientBroker): void {
  function TestHome(this: HomeNode, def: NodeDef & Pick<HomeLink, 'entities'> & { readonly without?: boolean }): void {
    RED.nodes.createNode(this, def);
    const link: HomeLink = {
      id: this.id,
      entities: def.entities,
      discoveryPrefix: 'homeassistant',
      language: '',
      broker: def.without === true ? null : broker,
      homeAssistant: null,
    };
    Object.assign(this, { home: link });
  }
  RED.nodes.registerType('oura-home', TestHome as (this: Node, def: NodeDef) => void);
}
