import assert from 'node:assert/strict';
import { LIMITS } from '../../../lib/catalogue/limits';
import { OuraError } from '../../../lib/errors/oura-error';
import type { CompanionTransport } from '../../../lib/home/companion/companion-transport';
import type { EntityCommand } from '../../../lib/home/entity';
import { HomeConnection } from '../../../lib/home/websocket/home-connection';
import { definitionOf, deviceOf, stateOf } from '../../support/entity-samples';
import { describeEntityTransport, type ShownEntity } from '../entity-transport.suite';
import { CompanionRig, PERSON_ID } from './support/companion-rig';

const OLDEST = '2024.11.3';
const NEWEST = '2026.11.0';
const VERSIONS = [OLDEST, '2025.4.4', '2025.12.5', NEWEST];

for (const version of VERSIONS)
  describeEntityTransport(`the companion in Home Assistant ${version}`, () => CompanionRig.start({ version }));

const device = deviceOf();
const score = definitionOf('sleep_score', { name: 'Sleep score', unit: 'points', stateClass: 'measurement' });
const steps = definitionOf('steps', { name: 'Steps', unit: 'steps', stateClass: 'total', hasLastReset: true });
const worn = definitionOf('worn', { component: 'binary_sensor' });
const mode = definitionOf('automation_mode', { component: 'select', options: ['off', 'ask'], hasAvailability: true });
const alert = definitionOf('alerts', { component: 'switch', hasAvailability: true });
const limit = definitionOf('alert_sleep_score', {
  component: 'number',
  range: { min: 0, max: 100, step: 1 },
  hasAvailability: true,
});
const refresh = definitionOf('refresh_data', { component: 'button', hasAvailability: true });
const note = definitionOf('note', { component: 'text', hasAvailability: true });
const EVERY_KIND = [score, worn, mode, alert, limit, refresh, note];

describe('entities over the companion', () => {
  let rig: CompanionRig;
  const start = async (options: Parameters<typeof CompanionRig.start>[0] = {}): Promise<void> => {
    if (rig as CompanionRig | undefined) await rig.close();
    rig = await CompanionRig.start(options);
  };
  const patience = (): AbortSignal => AbortSignal.timeout(20_000);
  const settled = (transport: CompanionTransport): Promise<void> => transport.settled(patience());
  const node = (owner = 'node'): CompanionTransport => rig.transport(owner);
  const showing = async (
    ...[definitions, states = []]: [typeof EVERY_KIND, ReturnType<typeof stateOf>[]?]
  ): Promise<CompanionTransport> => {
    const transport = node();
    transport.declare(device, definitions);
    transport.show(states);
    await settled(transport);
    return transport;
  };
  const entity = async (key: string): Promise<ShownEntity | undefined> => (await rig.shown()).get(key);
  const stateOfKey = async (key: string): Promise<string | undefined> => (await entity(key))?.state;
  const ids = (): readonly string[] => rig.standIn.registries.entries.map(({ entityId }) => entityId).toSorted();
  const uniqueIds = (): readonly string[] => rig.standIn.registries.entries.map(({ uniqueId }) => uniqueId).toSorted();
  const problem = async (transport: CompanionTransport): Promise<string> => {
    try {
      await settled(transport);
      return 'none';
    } catch (error) {
      assert.ok(error instanceof OuraError, String(error));
      assert.equal(transport.problem?.code, error.code);
      assert.ok(!transport.isSettled);
      return error.code;
    }
  };
  /** Resolves when Home Assistant shows it so. */
  const shows = (key: string, state: string): Promise<void> =>
    rig.server.until(() =>
      rig.standIn.registries.entries.some(
        ({ uniqueId, entityId }) =>
          uniqueId.startsWith(`nodered-oura-oura_${PERSON_ID}_${key}`) && rig.standIn.states.get(entityId)?.state === state,
      ),
    );
  const registryUpdate = (fields: object): Promise<unknown> => rig.connection.call({ type: 'config/entity_registry/update', ...fields });

  beforeEach(() => start());
  after(() => rig.close());

  for (const version of VERSIONS)
    it(`gives the same ids and the same full names on ${version}, with the person's device`, async () => {
      await start({ version });
      await showing(EVERY_KIND.map((one) => ({ ...one, name: `Wert ${one.key.length}` })));
      assert.deepEqual(ids(), EVERY_KIND.map(({ component, key }) => `${component}.oura_anna_${key}`).toSorted());
      assert.deepEqual(uniqueIds(), EVERY_KIND.map(({ key }) => `nodered-oura-oura_${PERSON_ID}_${key}`).toSorted());
      assert.equal(rig.standIn.states.get('sensor.oura_anna_sleep_score')?.attributes['friendly_name'], 'Oura Anna Wert 11');
      const [one, ...more] = rig.standIn.registries.devices;
      assert.deepEqual([one?.identifier, one?.name, one?.info['sw_version'], more], [`oura_${PERSON_ID}`, 'Oura Anna', '2.9.0', []]);
      assert.ok(rig.standIn.registries.entries.every(({ deviceId }) => deviceId === one?.id));
      assert.ok(rig.server.commands.every((command) => !('remove' in command) && !('new_entity_id' in command)));
    });

  it('never shows a value that is not the person’s on the way', async () => {
    await showing([score], [stateOf('sleep_score', 82)]);
    rig.standIn.reload();
    await shows('sleep_score', '82');
    assert.deepEqual(
      rig.standIn.states.history.map((line) => line.split('=')[1]).filter((state, index, all) => state !== all[index - 1]),
      ['82', 'unavailable', '82'],
    );
  });

  it('tells everything again when the companion was loaded anew, numbers and texts too', async () => {
    const states = [stateOf('sleep_score', 82, { attributes: { day: 'x' } }), stateOf('alert_sleep_score', 60), stateOf('note', 'a')];
    const transport = await showing(EVERY_KIND, states);
    const heard: EntityCommand[] = [];
    transport.onCommand((command) => heard.push(command));
    rig.standIn.unload();
    transport.show([stateOf('alert_sleep_score', 65), stateOf('note', 'b')]);
    rig.standIn.load();
    await Promise.all([shows('alert_sleep_score', '65'), shows('note', 'b'), shows('sleep_score', '82')]);
    assert.deepEqual((await entity('sleep_score'))?.attributes, { day: 'x' });
    await settled(transport);
    await rig.command('alerts', true);
    await rig.connection.call({ type: 'get_config' });
    assert.deepEqual(heard, [{ key: 'alerts', value: true }]);
    assert.equal(new Set(uniqueIds()).size, EVERY_KIND.length);
  });

  it('lets go of what it watched when the companion is loaded anew, any number of times', async () => {
    const transport = await showing([alert]);
    const watching = (): number => {
      const ended = new Set(
        rig.server.commands.filter(({ type }) => type === 'unsubscribe_events').map(({ subscription }) => subscription),
      );
      return rig.server.commands.filter(({ type, id }) => type === 'subscribe_entities' && !ended.has(id)).length;
    };
    for (let loads = 0; loads < 3; loads += 1) {
      rig.standIn.reload();
      await rig.connection.call({ type: 'get_config' });
      await settled(transport);
    }
    await rig.connection.call({ type: 'get_config' });
    assert.equal(watching(), 1);
  });

  it('survives a restart of Home Assistant, also when the companion comes late', async () => {
    const transport = await showing(
      [score, alert, limit],
      [stateOf('sleep_score', 82), stateOf('alerts', true), stateOf('alert_sleep_score', 60)],
    );
    rig.standIn.restart();
    await rig.reconnected();
    transport.show([stateOf('alert_sleep_score', 61)]);
    await rig.clock.asked(LIMITS.companionPatienceMs);
    assert.equal(transport.problem, null);
    rig.standIn.load();
    await Promise.all([shows('sleep_score', '82'), shows('alerts', 'on'), shows('alert_sleep_score', '61')]);
    await settled(transport);
  });

  it('brings all back after an entity was disabled and enabled again', async () => {
    const transport = await showing([score, alert], [stateOf('sleep_score', 82), stateOf('alerts', true)]);
    await registryUpdate({ entity_id: 'sensor.oura_anna_sleep_score', disabled_by: 'user' });
    transport.show([stateOf('sleep_score', 83)]);
    await settled(transport);
    assert.deepEqual([await entity('sleep_score'), await stateOfKey('alerts')], [undefined, 'on']);
    await registryUpdate({ entity_id: 'sensor.oura_anna_sleep_score', disabled_by: null });
    rig.standIn.passReloadDelay();
    await Promise.all([shows('sleep_score', '83'), shows('alerts', 'on')]);
  });

  it('brings an entity back that was dropped and is wanted again, at once and under its id', async () => {
    const transport = await showing([score, worn], [stateOf('sleep_score', 82)]);
    for (const value of [83, 84]) {
      transport.declare(device, [worn]);
      await settled(transport);
      assert.equal(await entity('sleep_score'), undefined);
      transport.declare(device, [score, worn]);
      transport.show([stateOf('sleep_score', value)]);
      await settled(transport);
      assert.equal(await stateOfKey('sleep_score'), String(value));
      assert.deepEqual(ids(), ['binary_sensor.oura_anna_worn', 'sensor.oura_anna_sleep_score']);
    }
  });

  it('makes an entity that another has removed, although the companion says it is there', async () => {
    const first = await showing([score], [stateOf('sleep_score', 82)]);
    await first.close();
    await rig.connection.call({ type: 'config/entity_registry/remove', entity_id: 'sensor.oura_anna_sleep_score' });
    const second = node();
    second.declare(device, [score, worn]);
    second.show([stateOf('sleep_score', 83)]);
    await rig.clock.asked(LIMITS.companionMakesMs);
    await rig.clock.advance(LIMITS.companionMakesMs);
    await settled(second);
    assert.equal(await stateOfKey('sleep_score'), '83');
    assert.ok(ids().includes('sensor.oura_anna_sleep_score'));
  });

  it('makes an entity again that was dropped and wanted in any number of deploys', async () => {
    for (let deploys = 0; deploys < 5; deploys += 1) {
      const wanting = node();
      wanting.declare(device, [score, worn]);
      wanting.show([stateOf('sleep_score', 80 + deploys)]);
      const there = settled(wanting).then(() => true);
      while (!(await Promise.race([there, rig.clock.asked(LIMITS.companionMakesMs).then(() => false)])))
        await rig.clock.advance(LIMITS.companionMakesMs);
      assert.equal(await stateOfKey('sleep_score'), String(80 + deploys));
      assert.ok(ids().includes('sensor.oura_anna_sleep_score'));
      await wanting.close();
      const dropping = node();
      dropping.declare(device, [worn]);
      await settled(dropping);
      await dropping.close();
    }
  });

  it('offers a control again that the end of an earlier connection has hidden', async () => {
    const old = new HomeConnection(rig, { url: rig.server.url, token: () => rig.server.token, rejectUnauthorized: true });
    const connected = new Promise((resolve) => old.onFacts(resolve));
    old.start();
    await connected;
    const before = rig.transport('node', { over: old });
    before.declare(device, [alert]);
    before.show([stateOf('alerts', true)]);
    await settled(before);
    const transport = await showing([alert], [stateOf('alerts', true)]);
    await old.close(); // Home Assistant notices only now that the one before is gone
    await shows('alerts', 'unavailable');
    await rig.clock.asked(LIMITS.companionHealMs);
    await rig.clock.advance(LIMITS.companionHealMs);
    await shows('alerts', 'on');
    const heard: EntityCommand[] = [];
    transport.onCommand((command) => heard.push(command));
    await rig.command('alerts', false);
    await rig.connection.call({ type: 'get_config' });
    assert.deepEqual(heard, [{ key: 'alerts', value: false }]);
  });

  it('leaves a control to the other node of the person that has it', async () => {
    const one = await showing([alert], [stateOf('alerts', true)]);
    const other = node('other');
    other.declare(device, [alert]);
    other.show([stateOf('alerts', true)]);
    await settled(other);
    const heard: EntityCommand[] = [];
    one.onCommand((command) => heard.push(command));
    await other.remove(patience());
    await rig.clock.asked(LIMITS.companionHealMs);
    await rig.clock.advance(LIMITS.companionHealMs);
    await shows('alerts', 'on');
    await rig.command('alerts', false);
    await rig.connection.call({ type: 'get_config' });
    assert.deepEqual(heard, [{ key: 'alerts', value: false }]);
  });

  it('hides controls while nobody acts on them, after it was closed, and while the connection is lost; values stay', async () => {
    const states = [stateOf('sleep_score', 82), stateOf('alerts', true), stateOf('note', 'a')];
    const transport = await showing([score, alert, { ...note, hasAvailability: false }], states);
    transport.setAvailable(false);
    await shows('alerts', 'unavailable');
    await settled(transport);
    assert.deepEqual([await stateOfKey('sleep_score'), await stateOfKey('note')], ['82', 'a']);
    transport.setAvailable(true);
    await shows('alerts', 'on');
    await settled(transport);
    rig.server.dropAll();
    await shows('alerts', 'unavailable');
    await rig.reconnected();
    await shows('alerts', 'on');
    await settled(transport);
    await transport.close();
    await shows('alerts', 'unavailable');
    assert.equal(await stateOfKey('sleep_score'), '82');
  });

  it('lets controls become unavailable with the connection also after the companion was loaded anew', async () => {
    const transport = await showing([alert], [stateOf('alerts', true)]);
    rig.standIn.reload();
    await shows('alerts', 'on');
    await settled(transport);
    rig.server.dropAll();
    await shows('alerts', 'unavailable');
    await rig.reconnected();
    await shows('alerts', 'on');
  });

  it('puts a value back that the node has refused', async () => {
    const transport = await showing([mode], [stateOf('automation_mode', 'off', { attributes: { since: 'x' } })]);
    transport.onCommand(() => undefined);
    const before = rig.server.commands.length;
    await rig.command('automation_mode', 'ask');
    await rig.server.until(() => rig.server.commands.length > before);
    const last = rig.server.commands.at(-1);
    assert.deepEqual([last?.type, last?.['state'], last?.['attributes']], ['nodered/entity', 'off', { since: 'x' }]);
    await settled(transport);
  });

  it('takes what nodered.trigger tells for no command', async () => {
    const transport = await showing([alert], [stateOf('alerts', true)]);
    const heard: EntityCommand[] = [];
    transport.onCommand((command) => heard.push(command));
    rig.standIn.trigger('switch.oura_anna_alerts');
    await rig.connection.call({ type: 'get_config' });
    assert.deepEqual(heard, []);
  });

  it('sends Home Assistant nothing that its log would complain of', async () => {
    const stamp = definitionOf('wake_up_time', { deviceClass: 'timestamp' });
    const day = definitionOf('day', { deviceClass: 'date' });
    const word = definitionOf('sleep_type', { deviceClass: 'enum', options: ['long_sleep'] });
    const text = definitionOf('summary', { category: 'config' });
    const total = { ...steps, precision: 0 };
    const numeric = definitionOf('length', { deviceClass: 'duration', unit: 'min' });
    const long = 'x'.repeat(300);
    await showing(
      [score, stamp, day, word, text, total, numeric, alert, limit, note],
      [
        stateOf('sleep_score', 'unavailable'),
        stateOf('wake_up_time', '2026-03-01T08:00:00'),
        stateOf('day', '2026-03-01'),
        stateOf('sleep_type', 'a_new_word'),
        stateOf('summary', long),
        stateOf('steps', 0, { lastReset: '2026-03-01T00:00:00+02:00', attributes: { icon: 'mdi:bed', last_reset: 'wrong' } }),
        stateOf('length', NaN),
        stateOf('alerts', 'off'),
        stateOf('alert_sleep_score', 'x'),
        stateOf('note', long),
      ],
    );
    const shown = Object.fromEntries([...(await rig.shown())].map(([key, { state }]) => [key, state]));
    assert.deepEqual(shown, {
      sleep_score: 'unknown',
      wake_up_time: 'unknown',
      day: '2026-03-01',
      sleep_type: 'a_new_word',
      summary: `${'x'.repeat(254)}…`,
      steps: '0',
      length: 'unknown',
      alerts: 'unknown',
      alert_sleep_score: 'unknown',
      note: `${'x'.repeat(254)}…`,
    });
    assert.deepEqual((await entity('steps'))?.attributes, { last_reset: '2026-03-01T00:00:00+02:00' });
    assert.deepEqual(rig.complaints, []);
  });

  it('sets the decimals of a new sensor once, and leaves what a person chose later', async () => {
    const precise = { ...score, precision: 1 };
    const first = await showing([precise]);
    const options = (): unknown => rig.standIn.registries.entries[0]?.options;
    assert.deepEqual(options(), { sensor: { display_precision: 1 } });
    await registryUpdate({ entity_id: 'sensor.oura_anna_sleep_score', options_domain: 'sensor', options: { display_precision: 3 } });
    await first.close();
    await showing([precise, worn]);
    rig.standIn.reload();
    await shows('worn', 'unknown');
    assert.deepEqual(options(), { sensor: { display_precision: 3 } });
  });

  it('sets the decimals of a sensor that was made before the connection was lost', async () => {
    const precise = { ...score, precision: 1 };
    const first = await showing([score]); // as far as it got
    await first.close();
    await showing([precise]);
    const [entry] = rig.standIn.registries.entries;
    assert.deepEqual(entry?.options, { sensor: { display_precision: 1 } });
  });

  it('keeps ids that a person chose, also under a new slug', async () => {
    const transport = await showing([score, worn]);
    await registryUpdate({ entity_id: 'sensor.oura_anna_sleep_score', new_entity_id: 'sensor.mine' });
    transport.declare({ ...device, slug: 'annika', name: 'Oura Annika' }, [score, worn]);
    await settled(transport);
    assert.deepEqual(ids(), ['binary_sensor.oura_annika_worn', 'sensor.mine']);
  });

  it('offers a control that a person or another node has renamed again, when it was hidden', async () => {
    const transport = await showing([alert], [stateOf('alerts', true)]);
    const other = node('other');
    other.declare(device, [alert]);
    await settled(other);
    await registryUpdate({ entity_id: 'switch.oura_anna_alerts', new_entity_id: 'switch.mine' });
    await rig.connection.call({ type: 'get_config' });
    await settled(transport);
    await other.remove(patience());
    await shows('alerts', 'unavailable');
    await rig.clock.asked(LIMITS.companionHealMs);
    await rig.clock.advance(LIMITS.companionHealMs);
    await shows('alerts', 'on');
  });

  it('keeps two persons apart', async () => {
    const transport = await showing([score], [stateOf('sleep_score', 82)]);
    const second = rig.transport('second', { personId: 'ba9876543210' });
    second.declare(deviceOf({ personId: 'ba9876543210', slug: 'ben', name: 'Oura Ben' }), [score]);
    second.show([stateOf('sleep_score', 70)]);
    await settled(second);
    assert.deepEqual(ids(), ['sensor.oura_anna_sleep_score', 'sensor.oura_ben_sleep_score']);
    await transport.remove(patience());
    assert.deepEqual([ids(), rig.standIn.states.get('sensor.oura_ben_sleep_score')?.state], [['sensor.oura_ben_sleep_score'], '70']);
    assert.deepEqual(
      rig.standIn.registries.devices.map(({ identifier }) => identifier),
      ['oura_ba9876543210'],
    );
  });

  it('touches nothing of other publishers, and takes away what nobody knows any more', async () => {
    const foreign = {
      type: 'nodered/discovery',
      server_id: 'srv1',
      node_id: `oura_${PERSON_ID}_steps`,
      component: 'sensor',
      config: { name: 'x' },
    };
    await rig.connection.call(foreign);
    await rig.connection.call({ ...foreign, server_id: 'oura' });
    await showing([score]);
    assert.deepEqual(ids(), ['sensor.oura_anna_sleep_score', 'sensor.x']);
  });

  it('leaves out what is off by default', async () => {
    await showing([score, { ...steps, enabledByDefault: false }]);
    assert.deepEqual(ids(), ['sensor.oura_anna_sleep_score']);
    assert.deepEqual(
      rig.ledger.madeBy('node').map(({ key }) => key),
      ['sleep_score'],
    );
  });

  it('takes the device away with its last entity', async () => {
    const transport = await showing([score]);
    transport.declare(device, []);
    await settled(transport);
    assert.deepEqual([ids(), rig.standIn.registries.devices, rig.owners()], [[], [], []]);
    transport.declare(device, [score]);
    await settled(transport);
    assert.equal(rig.standIn.registries.devices.length, 1);
  });

  it('says that the companion is missing when Home Assistant has had its time, and begins as soon as it is installed', async () => {
    await start({ isInstalled: false });
    const transport = node();
    transport.declare(device, [score]);
    transport.show([stateOf('sleep_score', 82)]);
    await rig.clock.asked(LIMITS.companionPatienceMs);
    assert.equal(transport.problem, null);
    await rig.clock.advance(LIMITS.companionPatienceMs);
    assert.equal(await problem(transport), 'companion_missing');
    rig.standIn.load();
    await shows('sleep_score', '82');
    await settled(transport);
    assert.equal(rig.logger.lines.filter((line) => line.startsWith('warn')).length, 1);
    assert.ok(rig.logger.lines.some((line) => line.startsWith('info')));
  });

  it('notices that the companion was removed, also when it still answers over a new connection', async () => {
    const transport = await showing([score]);
    rig.standIn.unload();
    await rig.clock.asked(LIMITS.companionPatienceMs);
    await rig.clock.advance(LIMITS.companionPatienceMs);
    assert.equal(await problem(transport), 'companion_missing');
    for (const entry of [...rig.standIn.registries.entries]) rig.standIn.registries.remove(entry); // with its config entry
    rig.server.dropAll();
    await rig.reconnected();
    for (let tries = 0; tries < 3; tries += 1) {
      await rig.clock.asked(LIMITS.companionMakesMs);
      await rig.clock.advance(LIMITS.companionMakesMs);
    }
    assert.equal(await problem(transport), 'companion_missing');
    rig.standIn.load();
    await shows('sleep_score', 'unknown');
    assert.deepEqual(uniqueIds(), [`nodered-oura-oura_${PERSON_ID}_sleep_score`]);
  });

  for (const [code, options] of [
    ['home_too_old', { version: '2024.10.4' }],
    ['home_not_admin', { isAdmin: false }],
  ] as const)
    it(`says ${code} at once, and sends nothing`, async () => {
      await start(options);
      const transport = node();
      const before = rig.sent();
      transport.declare(device, [score]);
      assert.equal(await problem(transport), code);
      assert.equal(rig.sent(), before);
    });

  it('does not let one refused entity keep the others back, and says so until it is mended', async () => {
    rig.refuse(`oura_${PERSON_ID}_broken`);
    const transport = node();
    transport.declare(device, [definitionOf('broken'), score]);
    transport.show([stateOf('sleep_score', 82)]);
    assert.equal(await problem(transport), 'home_refused');
    assert.equal(await stateOfKey('sleep_score'), '82');
    const before = rig.sent();
    transport.show([stateOf('sleep_score', 83)]);
    await shows('sleep_score', '83');
    assert.equal(rig.sent(), before + 1);
    transport.declare(device, [score]);
    await settled(transport);
  });

  it('tries again when Home Assistant was too busy to answer', async () => {
    rig.server.on('config/entity_registry/list', () => new Promise(() => undefined));
    const transport = node();
    transport.declare(device, [score]);
    await rig.server.until(() => rig.server.commands.some(({ type }) => type === 'config/entity_registry/list'));
    await rig.clock.asked(LIMITS.homeCallTimeoutMs);
    await rig.clock.advance(LIMITS.homeCallTimeoutMs);
    assert.equal(await problem(transport), 'timed_out');
    rig.server.on('config/entity_registry/list', () =>
      rig.standIn.registries.entries.map((entry) => ({ entity_id: entry.entityId, unique_id: entry.uniqueId, platform: entry.platform })),
    );
    await rig.clock.asked(LIMITS.retryMaxDelayMs);
    await rig.clock.advance(LIMITS.retryMaxDelayMs);
    await shows('sleep_score', 'unknown');
    await settled(transport);
  });

  it('shows 200 entities within seconds, with three messages for each and some for all', async () => {
    const many = Array.from({ length: 200 }, (_, index) => definitionOf(`metric_${index}`, { unit: 'points' }));
    const transport = node();
    const before = rig.sent();
    const begun = performance.now();
    transport.declare(device, many);
    transport.show(many.map(({ key }, index) => stateOf(key, index)));
    await settled(transport);
    const took = performance.now() - begun;
    assert.equal(await stateOfKey('metric_199'), '199');
    assert.ok(rig.sent() - before <= 3 * many.length + 5, String(rig.sent() - before));
    assert.ok(took < 10_000, `${took} ms`);
    const after = rig.sent();
    transport.show(many.map(({ key }, index) => stateOf(key, index < 100 ? index + 1 : index)));
    await settled(transport);
    assert.equal(rig.sent(), after + 100);
  });

  it('writes the ledger before anything is made', () => {
    const transport = node();
    transport.declare(device, [score]);
    assert.deepEqual(rig.ledger.madeBy('node'), [
      { transport: 'companion', place: 'home', prefix: '', slug: 'anna', component: 'sensor', key: 'sleep_score' },
    ]);
    assert.ok(!rig.server.commands.some(({ type }) => type === 'nodered/discovery'));
  });

  it('lets an entity move from one node to another in one deploy', async () => {
    const one = await showing([score], [stateOf('sleep_score', 82)]);
    const other = node('other');
    one.declare(device, []);
    other.declare(device, [score]);
    other.show([stateOf('sleep_score', 82)]);
    await settled(one);
    await settled(other);
    assert.equal(await stateOfKey('sleep_score'), '82');
    assert.deepEqual([uniqueIds(), rig.owners()], [[`nodered-oura-oura_${PERSON_ID}_sleep_score`], ['other']]);
  });
});
