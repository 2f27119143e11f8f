import assert from 'node:assert/strict';
import { LIMITS } from '../../../lib/catalogue/limits';
import { OuraError } from '../../../lib/errors/oura-error';
import type { EntityCommand } from '../../../lib/home/entity';
import { Ledger } from '../../../lib/home/ledger';
import type { MqttTransport } from '../../../lib/home/mqtt/mqtt-transport';
import { FakeClock } from '../../support/fake-clock';
import { definitionOf, deviceOf, stateOf } from '../../support/entity-samples';
import { createMemorySettings } from '../../../lib/store/memory-settings';
import { describeEntityTransport } from '../entity-transport.suite';
import { MqttRig } from './mqtt-rig';

describeEntityTransport('MQTT discovery', () => MqttRig.start());

const device = deviceOf();
const score = definitionOf('sleep_score', { unit: 'points' });
const steps = definitionOf('steps', { unit: 'steps' });
const type = definitionOf('latest_sleep_type', { deviceClass: 'enum', options: ['sleep', 'rest'] });
const bedtime = definitionOf('bedtime_start', { deviceClass: 'timestamp' });
const night = definitionOf('night_arrived', { component: 'event', eventTypes: ['night'] });
const alerts = definitionOf('alerts', { component: 'switch', hasAvailability: true });
const configOf = (key: string, component = 'sensor', personId = device.personId): string =>
  `homeassistant/${component}/oura_${personId}/${key}/config`;
const AVAILABILITY = 'oura/anna/availability';
const patience = (): AbortSignal => AbortSignal.timeout(20_000);

describe('MQTT discovery', () => {
  let rig: MqttRig;
  beforeEach(async () => {
    rig = await MqttRig.start();
  });
  afterEach(() => rig.close());

  /** A world with a clock that moves when told to, instead of the usual one. */
  const stillWorld = async (): Promise<FakeClock> => {
    await rig.close();
    const clock = new FakeClock();
    rig = await MqttRig.start(clock);
    return clock;
  };
  const started = async (owner = 'node', definitions = [score, alerts]): Promise<MqttTransport> => {
    const transport = rig.transport(owner);
    transport.declare(device, definitions);
    transport.setAvailable(true);
    await transport.settled(patience());
    return transport;
  };
  const kept = async (topic: string): Promise<string | undefined> => (await rig.broker.retained()).get(topic);
  const until = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
    const end = performance.now() + 20_000;
    while (!(await probe())) {
      assert.ok(performance.now() < end, `waited in vain for ${what}`);
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  /** Resolves when the transports have heard all that was published before. */
  const heard = (): Promise<void> => rig.client.publish({ topic: 'test/mark/heard', payload: '', retain: false });

  it('announces an entity before it shows its state, and keeps both', async () => {
    const transport = rig.transport('node');
    transport.declare(device, [score, steps]);
    transport.show([stateOf('sleep_score', 82), stateOf('steps', 1)]);
    await transport.settled(patience());
    const topics = rig.messages().map(({ topic, retain }) => `${topic.split('/')[1] ?? ''}/${topic.split('/')[2] ?? ''} ${String(retain)}`);
    const lastConfig = rig.messages().findLastIndex(({ topic }) => topic.endsWith('/config'));
    const firstState = rig.messages().findIndex(({ topic }) => topic.startsWith('oura/anna/state/'));
    assert.ok(lastConfig < firstState, topics.join('\n'));
    assert.ok(rig.messages().every(({ retain }) => retain));
  });

  it('sends nothing at a start that finds everything as it shall be', async () => {
    const show = (transport: MqttTransport): void => {
      transport.declare(device, [score, type, bedtime]);
      transport.show([stateOf('sleep_score', 82, { attributes: { day: '2026-03-01' } }), stateOf('latest_sleep_type', 'rest')]);
      transport.show([stateOf('bedtime_start', null)]);
    };
    const first = rig.transport('node');
    show(first);
    await first.settled(patience());
    await first.close();
    const before = rig.sent();
    const second = rig.transport('node');
    show(second);
    await second.settled(patience());
    assert.deepEqual(rig.messages().slice(before), []);
  });

  it('repairs what the broker has lost or somebody has changed', async () => {
    const first = await started('node', [score, steps]);
    first.show([stateOf('sleep_score', 82), stateOf('steps', 1)]);
    await first.settled(patience());
    await rig.takeAway();
    await rig.broker.publish(configOf('steps'), '', { retain: true });
    await rig.broker.publish('oura/anna/state/sleep_score', '12', { retain: true });
    const before = rig.sent();
    await rig.bringBack();
    await until(
      'the repair',
      async () => (await rig.shown()).get('steps')?.state === '1' && (await kept('oura/anna/state/sleep_score')) === '82',
    );
    assert.equal(rig.sent(), before + 2);
  });

  it('clears what is left of its person and named by no ledger, and nothing of anybody else', async () => {
    const foreign = [
      configOf('sleep_score', 'sensor', 'ffffffffffff'),
      'homeassistant/sensor/other/sleep_score/config',
      'oura/anna-2/state/sleep_score',
      'oura/anna/document/sleep',
    ];
    const left = [configOf('gone'), 'oura/anna/state/gone', 'oura/anna/attributes/gone'];
    for (const topic of [...foreign, ...left]) await rig.broker.publish(topic, '{}', { retain: true });
    await started('node', [score]);
    await until('the rest to go', async () => (await rig.broker.retained()).size === foreign.length + 1);
    for (const topic of foreign) assert.equal(await kept(topic), '{}', topic);
    assert.notEqual(await kept(configOf('sleep_score')), undefined);
  });

  it('leaves another person alone in everything it does', async () => {
    const other = rig.transport('other', { personId: 'ffffffffffff', ledger: new Ledger(createMemorySettings()) });
    other.declare(deviceOf({ personId: 'ffffffffffff', slug: 'ben', name: 'Oura Ben' }), [score]);
    other.show([stateOf('sleep_score', 60)]);
    await other.settled(patience());
    const bens = [configOf('sleep_score', 'sensor', 'ffffffffffff'), 'oura/ben/state/sleep_score', 'oura/ben/attributes/sleep_score'];
    const transport = await started('node', [score]);
    await transport.remove(patience());
    assert.deepEqual([...(await rig.broker.retained()).keys()].toSorted(), bens.toSorted());
  });

  it('moves everything to another topic prefix', async () => {
    await (await started('node', [score])).close();
    const moved = rig.transport('node', { prefix: 'ha/discovery' });
    moved.declare(device, [score]);
    await moved.settled(patience());
    assert.equal(await kept(configOf('sleep_score')), undefined);
    assert.notEqual(await kept(`ha/discovery/sensor/oura_${device.personId}/sleep_score/config`), undefined);
  });

  it('goes on with what a crash has interrupted', async () => {
    const first = await started('node', [score, steps]);
    first.show([stateOf('steps', 1)]);
    await first.settled(patience());
    await first.close();
    await rig.broker.publish(configOf('steps'), '', { retain: true }); // cleared before the crash; the state was not
    const second = rig.transport('node');
    second.declare(device, [score]);
    await second.settled(patience());
    assert.equal(await kept('oura/anna/state/steps'), undefined);
    assert.deepEqual(
      rig.ledger.madeBy('node').map(({ key }) => key),
      ['sleep_score'],
    );
  });

  it('names in the ledger what it is about to make while the broker is away', async () => {
    await rig.takeAway();
    rig.transport('node').declare(device, [score]);
    assert.deepEqual(rig.ledger.madeBy('node'), [
      { transport: 'mqtt', place: 'broker', prefix: 'homeassistant', slug: 'anna', component: 'sensor', key: 'sleep_score' },
    ]);
  });

  it('clears the states of a dropped entity after Home Assistant had time to let go of it', async () => {
    const transport = await started('node', [score, steps]);
    transport.show([stateOf('sleep_score', 82), stateOf('steps', 1)]);
    await transport.settled(patience());
    const before = rig.sent();
    transport.declare(device, [score]);
    await transport.settled(patience());
    assert.deepEqual(
      rig.messages().slice(before),
      [configOf('steps'), 'oura/anna/attributes/steps', 'oura/anna/state/steps'].map((topic) => ({ topic, payload: '', retain: true })),
    );
  });

  it('leaves the states of a dropped entity alone until then', async () => {
    const clock = await stillWorld();
    const transport = rig.transport('node');
    transport.declare(device, [score, steps]);
    transport.show([stateOf('steps', 1)]);
    await transport.settled(patience());
    transport.declare(device, [score]);
    await until('the entity to go', async () => !(await rig.shown()).has('steps'));
    await clock.untilWaiting();
    assert.equal((await rig.broker.retained()).get('oura/anna/state/steps'), '1');
    await clock.advance(LIMITS.clearPauseMs + 3 * LIMITS.clearPausePerEntityMs);
    await transport.settled(patience());
    assert.equal((await rig.broker.retained()).get('oura/anna/state/steps'), undefined);
  });

  it('announces a new word of an enum before it shows it, and never takes one back', async () => {
    const first = await started('node', [type]);
    const before = rig.sent();
    first.show([stateOf('latest_sleep_type', 'siesta')]);
    await first.settled(patience());
    const [config, ...rest] = rig.messages().slice(before);
    assert.equal(config?.topic, configOf('latest_sleep_type'));
    assert.deepEqual((JSON.parse(config.payload) as { readonly options: unknown }).options, ['sleep', 'rest', 'siesta']);
    assert.ok(rest.every(({ topic }) => topic.startsWith('oura/anna/')));
    await first.close();
    const second = await started('node', [type]);
    second.show([stateOf('latest_sleep_type', 'sleep')]);
    await second.settled(patience());
    second.declare(device, [{ ...type, options: ['sleep', 'nap'] }]);
    await second.settled(patience());
    const { options } = JSON.parse((await kept(configOf('latest_sleep_type'))) ?? '') as { readonly options: unknown };
    assert.deepEqual(options, ['sleep', 'nap', 'siesta', 'rest']);
  });

  it('keeps nothing at the topic of an instant that is not known', async () => {
    const transport = await started('node', [bedtime]);
    transport.show([stateOf('bedtime_start', '2026-03-01T22:00:00+01:00')]);
    await transport.settled(patience());
    transport.show([stateOf('bedtime_start', null)]);
    await transport.settled(patience());
    assert.equal(await kept('oura/anna/state/bedtime_start'), undefined);
  });

  it('does not make an entity again that a person has deleted, until the next start', async () => {
    const first = await started('node', [score, steps]);
    await rig.broker.publish(configOf('steps'), '', { retain: true });
    await heard();
    first.declare({ ...device, swVersion: '3.0.0' }, [score, steps]);
    await first.settled(patience());
    await rig.takeAway();
    await rig.bringBack();
    await rig.client.until(true);
    await first.settled(patience());
    assert.equal(await kept(configOf('steps')), undefined);
    assert.match((await kept(configOf('sleep_score'))) ?? '', /3\.0\.0/);
    await first.close();
    await started('node', [score, steps]);
    assert.notEqual(await kept(configOf('steps')), undefined);
  });

  it('makes an entity again that it has dropped itself', async () => {
    const transport = await started('node', [score, steps]);
    transport.declare(device, [score]);
    transport.declare(device, [score, steps]);
    await transport.settled(patience());
    await heard();
    transport.declare({ ...device, swVersion: '3.0.0' }, [score, steps]);
    await transport.settled(patience());
    assert.match((await kept(configOf('steps'))) ?? '', /3\.0\.0/);
  });

  it('ignores kept and malformed commands, and tells nobody their values', async () => {
    await rig.broker.publish('oura/anna/set/alerts', 'OFF', { retain: true });
    const transport = rig.transport('node');
    const commands: EntityCommand[] = [];
    transport.onCommand((command) => commands.push(command));
    transport.declare(device, [alerts]);
    await transport.settled(patience());
    await rig.broker.publish('oura/anna/set/alerts', 'secret');
    await rig.broker.publish('oura/anna/set/unheard_of', 'secret');
    await rig.broker.publish('oura/anna/set/alerts', 'ON');
    await until('the command', () => commands.length > 0);
    assert.deepEqual(commands, [{ key: 'alerts', value: true }]);
    assert.equal(rig.log.length, 2);
    assert.ok(!rig.log.join().includes('secret'));
  });

  it('says whether somebody acts on commands, and again when another node of the person says no', async () => {
    const [one, other] = [await started('one'), await started('other')];
    assert.equal(await kept(AVAILABILITY), 'online');
    await one.close();
    await until('online again', async () => (await kept(AVAILABILITY)) === 'online');
    other.setAvailable(false);
    await other.settled(patience());
    assert.equal(await kept(AVAILABILITY), 'offline');
    other.setAvailable(true);
    await other.close();
    assert.equal(await kept(AVAILABILITY), 'offline');
    await other.close();
  });

  it('hands an entity over to another node, in one deploy and in a running flow', async () => {
    const before = [await started('one', [score, steps]), await started('other', [alerts])];
    before[0]?.show([stateOf('steps', 1)]);
    await before[0]?.settled(patience());
    await Promise.all(before.map((transport) => transport.close()));
    const [one, other] = [rig.transport('one'), rig.transport('other')];
    one.declare(device, [score, steps]);
    one.declare(device, [score]);
    other.declare(device, [alerts, steps]);
    other.show([stateOf('steps', 1)]);
    await Promise.all([one.settled(patience()), other.settled(patience())]);
    assert.equal((await rig.shown()).get('steps')?.state, '1');
    other.declare(device, [alerts]);
    await other.settled(patience());
    await heard();
    one.declare(device, [score, steps]);
    one.show([stateOf('steps', 1)]);
    await one.settled(patience());
    assert.equal((await rig.shown()).get('steps')?.state, '1');
    await rig.takeAway();
    await rig.bringBack();
    await rig.client.until(true);
    await Promise.all([one.settled(patience()), other.settled(patience())]);
    assert.equal((await rig.shown()).get('steps')?.state, '1');
  });

  it('makes again what it had left to another node, which has dropped it since', async () => {
    const [one, other] = [await started('one', [score, steps]), await started('other', [alerts, steps])];
    for (const [transport, definitions] of [
      [one, [score]],
      [other, [alerts]],
    ] as const) {
      transport.declare(device, definitions);
      await transport.settled(patience());
    }
    await heard();
    assert.ok(!(await rig.shown()).has('steps'));
    one.declare(device, [score, steps]);
    await one.settled(patience());
    assert.ok((await rig.shown()).has('steps'));
  });

  it('has no availability where nothing can be commanded', async () => {
    await (await started('node', [score])).close();
    assert.equal(await kept(AVAILABILITY), undefined);
  });

  it('tells an event when Home Assistant is there again, if that is soon, and never twice', async () => {
    const clock = await stillWorld();
    const transport = rig.transport('node');
    transport.declare(device, [night]);
    await transport.settled(patience());
    const event = (score: number) => ({ key: 'night_arrived', eventType: 'night', attributes: { score } });
    await rig.broker.publish('homeassistant/status', 'offline');
    await heard();
    transport.fire(event(1));
    await clock.advance(LIMITS.eventKeepMs / 2);
    transport.fire(event(2));
    await clock.advance(LIMITS.eventKeepMs / 2 + 1);
    assert.deepEqual(rig.events(), []);
    await rig.broker.publish('homeassistant/status', 'online');
    await until('the event', () => rig.events().length > 0);
    await rig.broker.publish('homeassistant/status', 'online');
    await rig.takeAway();
    transport.fire(event(3));
    await rig.bringBack();
    await until('the next event', () => rig.events().length > 1);
    assert.deepEqual(rig.events(), [event(2), event(3)]);
    assert.ok(rig.messages().every(({ topic, retain }) => retain || topic === 'oura/anna/state/night_arrived'));
  });

  it('tells an event that comes with its entity when Home Assistant has had the time to make that entity', async () => {
    const clock = new FakeClock();
    const world = await MqttRig.start(clock);
    const transport = world.transport('node');
    transport.declare(device, [night]);
    const event = { key: 'night_arrived', eventType: 'night', attributes: {} };
    transport.fire(event);
    await until('the entity', () => world.messages().some(({ topic }) => topic === configOf('night_arrived', 'event')));
    await world.client.publish({ topic: 'test/mark/heard', payload: '', retain: false });
    assert.deepEqual(world.events(), []);
    const settled = transport.settled(patience());
    await clock.drive(settled);
    await until('the event', () => world.events().length > 0);
    assert.deepEqual(world.events(), [event]);
    await world.close();
  });

  it('is removed at once although an event waits for Home Assistant', async () => {
    const transport = await started('node', [score, night]);
    await rig.broker.publish('homeassistant/status', 'offline');
    await rig.client.publish({ topic: 'test/mark/heard', payload: '', retain: false });
    transport.fire({ key: 'night_arrived', eventType: 'night', attributes: {} });
    await transport.remove(AbortSignal.timeout(5000));
    assert.deepEqual(rig.owners(), []);
  });

  it('clears everything in one turn when it is closed in the one it is removed', async () => {
    const transport = await started('node', [score, alerts]);
    transport.show([stateOf('sleep_score', 82), stateOf('alerts', true)]);
    await transport.settled(patience());
    const removed = transport.remove(patience());
    await transport.close();
    await removed;
    assert.equal((await rig.broker.retained()).size, 0);
    assert.deepEqual(rig.owners(), []);
  });

  it('forgets nothing when the broker goes while it is removed and closed', async () => {
    const transport = await started('node', [score]);
    const removed = transport.remove(patience());
    const closed = transport.close();
    await Promise.all([assert.rejects(removed, OuraError), closed, rig.takeAway()]);
    assert.deepEqual(rig.owners(), ['node']);
    await rig.bringBack();
  });

  it('says while it is removed that the broker has gone', async () => {
    const transport = await started('node', [score]);
    const removed = transport.remove(patience());
    await Promise.all([assert.rejects(removed, OuraError), rig.takeAway()]);
    assert.deepEqual(rig.owners(), ['node']);
    await rig.bringBack();
    await until('it to be resumed', async () => (await rig.broker.retained()).size === 0 && rig.owners().length === 0);
  });
});
