import assert from 'node:assert/strict';
import { Aedes } from 'aedes';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { connectAsync } from 'mqtt';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import { LIMITS } from '../../../lib/catalogue/limits';
import { DocumentBridge, type DocumentBridgePorts } from '../../../lib/entities/bridge/document-bridge';
import type { Lease } from '../../../lib/runtime';
import { HandPerson } from '../../simulator/server/support/hand-person';
import { TestCloud } from '../../simulator/server/support/test-cloud';
import { MemoryLogger } from '../../store/support/memory-logger';
import { AccountRig } from '../../support/account-rig';
import { dailySleep, heartRate, night } from '../../support/days';
import { FakeClock } from '../../support/fake-clock';
import { MqttBrokerPort } from '../../support/mqtt-broker-port';

const NOW = '2026-03-15T09:00:00Z';

/** A broker that remembers what it was sent. */
class Listening {
  readonly sent: string[] = [];
  port = 0;
  readonly #sockets = new Set<Socket>();
  #aedes: Aedes | null = null;
  #server: Server | null = null;

  async start(): Promise<void> {
    const aedes = await Aedes.createBroker();
    aedes.on('publish', ({ topic, payload }, client) => {
      if (client !== null) this.sent.push(`${topic} ${payload.toString()}`);
    });
    const server = createServer((socket) => {
      this.#sockets.add(socket);
      aedes.handle(socket);
    });
    server.listen(this.port, '127.0.0.1');
    await once(server, 'listening');
    this.port = (server.address() as AddressInfo).port; // a TCP server's address is never a string
    [this.#aedes, this.#server] = [aedes, server];
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    const [aedes, server] = [this.#aedes, this.#server];
    if (server !== null) await new Promise((resolve) => server.close(resolve));
    if (aedes !== null)
      await new Promise<void>((resolve) => {
        aedes.close(resolve);
      });
    [this.#aedes, this.#server] = [null, null];
  }

  /** What a program that connects now is told. */
  async retained(): Promise<Readonly<Record<string, unknown>>> {
    const client = await connectAsync(`mqtt://127.0.0.1:${String(this.port)}`);
    const seen: Record<string, unknown> = {};
    const ended = new Promise<void>((resolve) => {
      client.on('message', (topic, payload) => {
        if (topic === 'test/end') resolve();
        else if (!topic.endsWith('/last')) seen[topic] = JSON.parse(payload.toString());
      });
    });
    await client.subscribeAsync(['oura/#', 'test/end'], { qos: 1 });
    await client.publishAsync('test/end', '', { qos: 1 }); // retained messages come before it
    await ended;
    await client.endAsync();
    return Object.fromEntries(Object.entries(seen).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  }
}

describe('the MQTT bridge', () => {
  let cloud: TestCloud;
  let rig: AccountRig;
  let lease: Lease;
  let broker: Listening;
  let port: MqttBrokerPort;
  let clock: FakeClock;
  let logger: MemoryLogger;
  let bridge: DocumentBridge;
  let end: () => void;
  let last: string | null;

  beforeEach(async () => {
    const documents = [
      dailySleep('2026-03-14', 71),
      dailySleep('2026-03-15', 0),
      night('2026-03-15'),
      heartRate('2026-03-14T22:00:00.000Z', 50),
      heartRate('2026-03-15T08:00:00.000Z', 61),
      heartRate('2026-03-15T08:05:00.000Z', 62),
    ];
    cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    rig = new AccountRig(cloud.server);
    broker = new Listening();
    await broker.start();
    port = await MqttBrokerPort.connect(broker.port);
    clock = new FakeClock();
    logger = new MemoryLogger();
    lease = rig.acquire({ timezone: 'UTC' });
    await rig.loaded(lease);
    end = (): void => undefined;
  });
  afterEach(async () => {
    end();
    await port.close();
    await broker.stop();
    await rig.clear();
  });

  /** Begins when the broker has a last topic to tell; having been told that one, a subscriber was told all. */
  const begin = async (more: Partial<DocumentBridgePorts> = {}): Promise<void> => {
    end();
    const slug = more.slug ?? 'ann';
    last = `oura/${slug}/document/last`;
    for (const payload of ['', '1']) await port.publish({ topic: last, payload, retain: true });
    port.retained.length = 0;
    const ports = {
      session: lease.session,
      slug: 'ann',
      broker: port,
      owner: 'node-1',
      publishes: () => true,
      detail: false,
      clock,
      logger,
    };
    bridge = new DocumentBridge({ ...ports, ...more });
    end = bridge.start();
  };
  /** Waits until something holds; the time that the broker has to tell what it retains passes when it has told. */
  const until = async (what: string, probe: () => boolean): Promise<void> => {
    const hasRead = (): boolean => last === null || port.retained.includes(last);
    const isReading = (): boolean => clock.untilNext !== null && clock.untilNext <= LIMITS.readBackMs && port.isConnected && hasRead();
    for (;;) {
      await rig.until(what, () => probe() || isReading());
      if (probe()) return;
      await clock.advance(LIMITS.readBackMs);
    }
  };
  const sentTo = (endpoint: EndpointKey, slug = 'ann'): readonly string[] =>
    broker.sent.filter((one) => one.startsWith(`oura/${slug}/document/${endpoint} `)).map((one) => one.slice(one.indexOf(' ') + 1));
  const documents = (): readonly string[] => broker.sent.filter((one) => !one.includes('/last '));
  const change = async (endpoint: EndpointKey, body: Record<string, unknown>): Promise<void> => {
    cloud.control.put(endpoint, body);
    await lease.session.host?.engine?.fetchNow(
      { kind: 'recent', endpoint, from: '2026-03-13', to: '2026-03-15' },
      new AbortController().signal,
    );
  };

  it('holds the newest document of each family as received, and no heart rate in detail', async () => {
    await begin();
    await until(
      'the documents',
      () => sentTo('daily_sleep').length > 0 && sentTo('sleep').length > 0 && sentTo('personal_info').length > 0,
    );
    const retained = await broker.retained();
    assert.deepEqual(Object.keys(retained), [
      'oura/ann/document/daily_sleep',
      'oura/ann/document/personal_info',
      'oura/ann/document/sleep',
    ]);
    const sleep = retained['oura/ann/document/sleep'] as Record<string, unknown>;
    assert.deepEqual(retained['oura/ann/document/daily_sleep'], dailySleep('2026-03-15', 0).body);
    assert.deepEqual(
      [sleep['start'], sleep['end'], sleep['latency']],
      ['2026-03-14T22:30:00.000+00:00', '2026-03-15T06:30:00.000+00:00', 0],
    );
  });

  it('holds the rows of the newest local day of a series where that was chosen', async () => {
    await begin({ detail: true });
    await until('the rows', () => sentTo('heartrate').length > 0);
    assert.deepEqual(
      (JSON.parse(sentTo('heartrate')[0] ?? '') as { bpm: number }[]).map(({ bpm }) => bpm),
      [61, 62],
    );
  });

  it('sends what has changed and nothing else, also after a restart', async () => {
    await begin();
    await until('the documents', () => sentTo('personal_info').length > 0 && sentTo('sleep').length > 0);
    const before = documents().length;
    await begin();
    await change('daily_sleep', dailySleep('2026-03-15', 77).body);
    await until('the score', () => sentTo('daily_sleep').length === 2);
    assert.equal(documents().length, before + 1);
    assert.match(sentTo('daily_sleep')[1] ?? '', /"score":77/);
  });

  it('sends the newest only when the broker was away', async () => {
    await begin();
    await until('the documents', () => sentTo('daily_sleep').length === 1);
    await broker.stop();
    await rig.until('the loss', () => !port.isConnected);
    await change('daily_sleep', dailySleep('2026-03-15', 77).body);
    await change('daily_sleep', dailySleep('2026-03-15', 78).body);
    last = null;
    await broker.start(); // it has lost what it retained
    await until('the documents', () => sentTo('daily_sleep').length === 2 && sentTo('personal_info').length === 2);
    assert.match(sentTo('daily_sleep')[1] ?? '', /"score":78/);
    assert.deepEqual(logger.lines, []);
  });

  it('clears a family that may not be published any more, and the topics of an earlier slug', async () => {
    await begin();
    await until('the documents', () => sentTo('sleep').length === 1 && sentTo('personal_info').length === 1);
    await begin({ publishes: (endpoint) => endpoint !== 'sleep', slug: 'anna' });
    await until('the clearing', () => sentTo('sleep').at(-1) === '' && sentTo('personal_info').at(-1) === '');
    await until('the new ones', () => sentTo('daily_sleep', 'anna').length === 1 && sentTo('personal_info', 'anna').length === 1);
    assert.deepEqual(Object.keys(await broker.retained()), ['oura/anna/document/daily_sleep', 'oura/anna/document/personal_info']);
  });

  it('clears everything on removal, but for what another node of the person holds there too', async () => {
    await begin();
    await until('the documents', () => sentTo('sleep').length === 1 && sentTo('personal_info').length === 1);
    const otherPort = await MqttBrokerPort.connect(broker.port);
    const other = new DocumentBridge({
      ...{ session: lease.session, slug: 'ann', broker: otherPort, owner: 'node-2', clock, logger },
      publishes: (endpoint) => endpoint === 'sleep' || endpoint === 'heartrate',
      detail: true,
    });
    const endOther = other.start();
    await rig.until('what is there', () => otherPort.retained.length === 4);
    await until('the rows', () => sentTo('heartrate').length === 1);
    assert.ok(((lease.session.host?.settings.load('bridge') as Record<string, unknown[]>)['node-2'] ?? []).length === 2);
    await bridge.remove(new AbortController().signal);
    assert.deepEqual(Object.keys(await broker.retained()), ['oura/ann/document/heartrate', 'oura/ann/document/sleep']);
    await other.remove(new AbortController().signal);
    endOther();
    await otherPort.close();
    assert.deepEqual(await broker.retained(), {});
    assert.deepEqual(lease.session.host?.settings.load('bridge'), {});
  });

  it('clears what retention has taken, and topics that a crash has left unremembered', async () => {
    await port.publish({ topic: 'oura/ann/document/workout', payload: '{"id":"w"}', retain: true });
    await port.publish({ topic: 'oura/ann/document/other', payload: '{"not":"ours"}', retain: true });
    await begin();
    await until('the clearing', () => sentTo('workout').at(-1) === '' && sentTo('daily_sleep').length === 1);
    lease.session.host?.keeper.write((store) => store.prune('daily_sleep', '2026-03-16', 0));
    await clock.advance(LIMITS.retentionEveryMs);
    await until('the clearing', () => sentTo('daily_sleep').at(-1) === '');
    const topics = Object.keys(await broker.retained());
    assert.ok(topics.includes('oura/ann/document/other') && !topics.includes('oura/ann/document/daily_sleep'));
  });

  it('clears everything when everything of the person is deleted, and writes nothing down again', async () => {
    await begin();
    await until('the documents', () => sentTo('sleep').length === 1 && sentTo('personal_info').length === 1);
    await rig.runtime.care.erase('account-1', lease.slug, () => Promise.resolve());
    await until('the clearing', () => sentTo('sleep').at(-1) === '' && sentTo('personal_info').at(-1) === '');
    assert.deepEqual(await broker.retained(), {});
    assert.deepEqual(
      readdirSync(rig.folder).filter((file) => file.endsWith('.settings.json')),
      [],
    );
  });
});
