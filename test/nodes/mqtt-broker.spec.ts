import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { MemoryBroker } from '../support/memory-broker';
import { RealNodeRed, ROOT, type NodeRedModule } from '../support/real-node-red';

const COUNT = 180;
const AVAILABILITY = 'oura/anna/availability';
const tab = { id: 'tab', type: 'tab', label: 'test' };
const home = { id: 'home', type: 'test-home', mqtt: 'broker' };
const entities = { id: 'entities', type: 'test-entities', z: 'tab', x: 100, y: 100, home: 'home', count: COUNT, wires: [] };

for (const module of ['node-red', 'node-red-4'] as const satisfies readonly NodeRedModule[])
  describe(`a broker's node of ${module}, as used for entities,`, function () {
    this.timeout(120_000);
    let broker: MemoryBroker;
    let nodeRed: RealNodeRed;
    const flow = (...nodes: readonly object[]): readonly object[] => [
      tab,
      {
        id: 'broker',
        type: 'mqtt-broker',
        broker: '127.0.0.1',
        port: String(broker.port),
        protocolVersion: '4',
        keepalive: '60',
        cleansession: true,
      },
      ...nodes,
    ];
    const kept = async (topic: string): Promise<string | undefined> => (await broker.retained()).get(topic);
    const allThere = (): Promise<unknown> =>
      nodeRed.until('all entities', async () => {
        const topics = [...(await broker.retained()).keys()];
        const isThere = topics.filter((topic) => topic.endsWith('/config')).length === COUNT + 1;
        return isThere && topics.filter((topic) => topic.startsWith('oura/anna/state/')).length === COUNT + 1;
      });
    const isAvailable = (): Promise<unknown> => nodeRed.until('online', async () => (await kept(AVAILABILITY)) === 'online');
    const saidOffline = (after: number): boolean =>
      broker.published.slice(after).some(({ topic, payload, retain }) => topic === AVAILABILITY && payload === 'offline' && retain);

    before(async () => {
      broker = await MemoryBroker.start();
      const userDir = mkdtempSync(path.join(os.tmpdir(), 'broker-probe-'));
      mkdirSync(path.join(userDir, 'nodes'));
      const probe = JSON.stringify(path.join(ROOT, 'test/support/broker-probe.ts'));
      writeFileSync(path.join(userDir, 'nodes/probe.js'), `module.exports = (RED) => require(${probe}).registerProbe(RED);`);
      writeFileSync(path.join(userDir, 'nodes/probe.html'), '<script></script>');
      nodeRed = await RealNodeRed.start(module, {
        userDir,
        flows: flow(home, entities),
        env: { NODE_OPTIONS: `--require ${require.resolve('tsx/cjs')}` },
        settings: { mqttReconnectTime: 200 },
      });
    });
    after(async () => {
      await nodeRed.clear();
      await broker.close();
    });

    it('carries all entities and hears commands', async () => {
      await allThere();
      await isAvailable();
      await broker.publish('oura/anna/set/alerts', 'OFF');
      await nodeRed.until('the answer', async () => (await kept('oura/anna/state/alerts')) === 'OFF');
    });

    it('has things compared again when the connection comes back', async () => {
      await broker.takeAway();
      await broker.publish('oura/anna/state/metric_7', '', { retain: true });
      await broker.bringBack();
      await nodeRed.until('the repair', async () => (await kept('oura/anna/state/metric_7')) === 'text 7');
    });

    for (const type of ['nodes', 'full'] as const)
      it(`tells that nobody acts on commands when a deploy of type ${type} ends a node, and that somebody does again`, async () => {
        const before = broker.published.length;
        await nodeRed.deploy(flow(home, { ...entities, name: type }), type);
        await isAvailable();
        assert.ok(saidOffline(before));
        assert.equal(broker.published.slice(before).filter(({ topic }) => topic.endsWith('/config')).length, 0);
      });

    for (const type of ['nodes', 'flows', 'full'] as const)
      it(`clears all that a node has made when a deploy of type ${type} removes it together with its home and its broker`, async () => {
        await nodeRed.deploy([tab], type);
        await nodeRed.until('everything to go', async () => (await broker.retained()).size === 0);
        await nodeRed.deploy(flow(home, entities), type);
        await allThere();
        await isAvailable();
      });

    it('tells that nobody acts on commands when Node-RED ends', async () => {
      const before = broker.published.length;
      await nodeRed.end();
      assert.ok(saidOffline(before));
      assert.equal(await kept(AVAILABILITY), 'offline');
      assert.deepEqual(
        nodeRed.log.filter((line) => /\[error\]|unhandled/i.test(line)),
        [],
      );
    });
  });
