import assert from 'node:assert/strict';
import { OuraError } from '../../lib/errors/oura-error';
import { HomeConnection } from '../../lib/home/websocket/home-connection';
import { CompanionRig } from '../home/companion/support/companion-rig';
import type { Entry } from './companion/registries';
import type { CompanionStandIn } from './companion-stand-in';

const OLD = ['2024.11.3', '2025.4.4', '2025.12.5'];
const NEW = '2026.11.0';
const ALL = [...OLD, NEW];
const DEVICE = { id: 'ring', name: 'Oura Anna', manufacturer: 'Oura', model: 'Ring 4', hw_version: '', sw_version: '1' };

/** Each test stands for the sentence of COMPANION.md (companion 4.2.3, measured November 2026) that it quotes. */
describe('the stand-in of the companion', () => {
  let rig: CompanionRig;
  let standIn: CompanionStandIn;
  const start = async (options: Parameters<typeof CompanionRig.start>[0] = {}): Promise<void> => {
    if (rig as CompanionRig | undefined) await rig.close();
    rig = await CompanionRig.start({ ...options, isStrict: false });
    standIn = rig.standIn;
  };
  const other = async (): Promise<HomeConnection> => {
    const connection = new HomeConnection(rig, { url: rig.server.url, token: () => rig.server.token, rejectUnauthorized: true });
    const connected = new Promise((resolve) => connection.onFacts(resolve));
    connection.start();
    await connected;
    return connection;
  };
  const call = (type: string, fields: object = {}, connection = rig.connection): Promise<unknown> => connection.call({ type, ...fields });
  const discover = (node: string, component: string, fields: object = {}, connection = rig.connection): Promise<unknown> =>
    call('nodered/discovery', { server_id: 's', node_id: node, component, ...fields }, connection);
  const show = (node: string, state: unknown, fields: object = {}): Promise<unknown> =>
    call('nodered/entity', { server_id: 's', node_id: node, state, ...fields });
  const named = (name: string, more: object = {}): { config: object } => ({ config: { name, ...more } });
  const state = (id: string): string | undefined => standIn.states.get(id)?.state;
  const attribute = (id: string, name: string): unknown => standIn.states.get(id)?.attributes[name];
  const entry = (id: string): Entry => {
    const found = standIn.registries.entries.find(({ entityId }) => entityId === id);
    assert.ok(found, `no ${id} among ${standIn.registries.entries.map(({ entityId }) => entityId).join()}`);
    return found;
  };
  const refused = async (code: string, work: Promise<unknown>): Promise<void> => {
    await assert.rejects(work, (error) => error instanceof OuraError && error.code === 'home_refused' && error.params['reason'] === code);
  };
  const heardOn = async (node: string, component: string, fields: object = {}): Promise<unknown[]> => {
    const heard: unknown[] = [];
    await rig.connection.subscribe(
      { type: 'nodered/discovery', server_id: 's', node_id: node, component, ...fields },
      (event) => heard.push(event),
      'socket',
    );
    return heard;
  };
  const roundTrip = (): Promise<unknown> => call('get_config');

  beforeEach(() => start());
  after(() => rig.close());

  describe('versions and install', () => {
    it('2024.5.0, 2024.10.4: does not load, every nodered/* unknown_command; get_config.components contains nodered even so', async () => {
      await start({ version: '2024.10.4' });
      await refused('unknown_command', call('nodered/version'));
      assert.ok(((await call('get_config')) as { components: string[] }).components.includes('nodered'));
    });
    it('nodered/version ("4.2.3"); with any extra key: invalid_format', async () => {
      assert.equal(await call('nodered/version'), '4.2.3');
      await refused('invalid_format', call('nodered/version', { contrib_version: '1' }));
    });
    it('unknown_command until then: before it is installed, and during a start', async () => {
      await start({ isInstalled: false });
      await refused('unknown_command', call('nodered/version'));
      standIn.load();
      assert.equal(await call('nodered/version'), '4.2.3');
    });
    it('bus event nodered {type:"loaded",version:"4.2.3"} / {type:"unloaded"}', async () => {
      const heard: unknown[] = [];
      await rig.connection.subscribe(
        { type: 'subscribe_events', event_type: 'nodered' },
        (event) => heard.push((event as { data: unknown }).data),
        'socket',
      );
      standIn.reload();
      await roundTrip();
      assert.deepEqual(heard, [{ type: 'unloaded' }, { type: 'loaded', version: '4.2.3' }]);
    });
    it('after the entry was deleted version, discovery, entity still answer success, with no effect', async () => {
      standIn.unload();
      assert.equal(await call('nodered/version'), '4.2.3');
      await discover('a', 'sensor', named('A'));
      await show('a', 1);
      assert.deepEqual(standIn.states.ids, []);
    });
    it('not an admin: unauthorized for all nodered/*', async () => {
      await start({ isAdmin: false });
      await refused('unauthorized', call('nodered/version'));
      await refused('unauthorized', discover('a', 'sensor'));
    });
  });

  describe('discovery', () => {
    it('success only means well formed: unknown component (log warning), entity for an unknown N', async () => {
      await discover('a', 'climate', named('A'));
      await show('b', 1);
      assert.deepEqual([standIn.states.ids, standIn.complaints.length], [[], 1]);
    });
    it('select without options: no entity, and N is stuck as "already discovered" until reload', async () => {
      await discover('a', 'select', named('A'));
      await discover('a', 'select', named('A', { options: ['x'] }));
      assert.deepEqual(standIn.states.ids, []);
      standIn.reload();
      await discover('a', 'select', named('A', { options: ['x'] }));
      assert.deepEqual(standIn.states.ids, ['select.a']);
    });
    it('text with a bad mode: no entity', async () => {
      await discover('a', 'text', named('A', { mode: 'nonsense' }));
      assert.deepEqual(standIn.states.ids, []);
    });
    for (const version of ALL)
      it(`refused (invalid_format): every unknown top level key, wrong types; ${version}`, async () => {
        await start({ version });
        for (const key of ['object_id', 'entity_id', 'name', 'available'])
          await refused('invalid_format', discover('a', 'sensor', { [key]: 'x' }));
        for (const wrong of [
          { state: [] },
          { state: {} },
          { attributes: null },
          { device_info: null },
          { config: null },
          { remove: 'yes' },
        ])
          await refused('invalid_format', discover('a', 'sensor', wrong));
        await refused('invalid_format', call('nodered/entity', { server_id: 's', node_id: 'a' }));
      });
    it('unknown keys in config and device_info are ignored without a word', async () => {
      const config = { name: 'A', object_id: 'b', default_entity_id: 'sensor.c', has_entity_name: true, enabled_by_default: false, min: 1 };
      await discover('a', 'sensor', { config, device_info: { ...DEVICE, suggested_area: 'bed' } });
      assert.deepEqual([standIn.states.ids, standIn.complaints], [['sensor.oura_anna_a'], []]);
    });
    it('device_info without id: first time no device, second time KeyError in the log', async () => {
      await discover('a', 'sensor', { ...named('A'), device_info: { name: 'X' } });
      assert.deepEqual([standIn.registries.devices, standIn.complaints], [[], []]);
      await discover('a', 'sensor', { ...named('A'), device_info: { name: 'X' } });
      assert.match(standIn.complaints.join(), /KeyError: 'id'/);
    });
    it('re-discovery without device_info detaches, without config resets name, unit, class, icon', async () => {
      await discover('a', 'sensor', { ...named('A', { unit_of_measurement: 'h', icon: 'mdi:ring' }), device_info: DEVICE });
      assert.notEqual(entry('sensor.oura_anna_a').deviceId, null);
      await discover('a', 'sensor');
      assert.equal(entry('sensor.oura_anna_a').deviceId, null);
      assert.deepEqual(standIn.states.get('sensor.oura_anna_a')?.attributes, { friendly_name: 'nodered nodered-s-a' });
    });
    it('re-discovery updates device name and moves an entity to another device', async () => {
      await discover('a', 'sensor', { ...named('A'), device_info: DEVICE });
      await discover('a', 'sensor', { ...named('A'), device_info: { ...DEVICE, name: 'Ring' } });
      assert.deepEqual([standIn.registries.devices[0]?.name, attribute('sensor.oura_anna_a', 'friendly_name')], ['Ring', 'Ring A']);
      await discover('a', 'sensor', { ...named('A'), device_info: { ...DEVICE, id: 'second' } });
      assert.equal(standIn.registries.deviceOf(entry('sensor.oura_anna_a'))?.identifier, 'second');
    });
    it('first discovery applies state and attributes; a repeated one ignores both', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1, attributes: { day: 'x' } });
      assert.deepEqual([state('sensor.a'), attribute('sensor.a', 'day')], ['1', 'x']);
      await discover('a', 'sensor', { ...named('A'), state: 2, attributes: { day: 'y' } });
      assert.deepEqual([state('sensor.a'), attribute('sensor.a', 'day')], ['1', 'x']);
    });
    it('another component for a known N: ignored, the old entity takes the config', async () => {
      await discover('a', 'sensor', named('A'));
      await discover('a', 'switch', named('B'));
      assert.deepEqual([standIn.states.ids, attribute('sensor.a', 'friendly_name')], [['sensor.a'], 'B']);
    });
    it('enum sensors: any text accepted; update_config adds options, they survive re-discovery; then another value: ValueError, unchanged', async () => {
      await discover('a', 'sensor', { ...named('A', { device_class: 'enum' }), state: 'anything' });
      await call('nodered/entity/update_config', { server_id: 's', node_id: 'a', config: { options: ['x', 'y'] } });
      await show('a', 'x');
      await discover('a', 'sensor', named('A', { device_class: 'enum' }));
      await show('a', 'z');
      assert.equal(state('sensor.a'), 'x');
      assert.match(standIn.complaints.join(), /not in the list of options/);
    });
    it('hidden settings may be set through config/entity_registry/update', async () => {
      await discover('a', 'sensor', named('A'));
      await call('config/entity_registry/update', { entity_id: 'sensor.a', options_domain: 'sensor', options: { display_precision: 2 } });
      assert.deepEqual(entry('sensor.a').options, { sensor: { display_precision: 2 } });
    });
  });

  describe('entity ids', () => {
    it('unique_id nodered-S-N; another S = another entity; same name: _2', async () => {
      await discover('a', 'sensor', named('A'));
      await discover('a', 'sensor', { ...named('A'), server_id: 't' });
      const ids = standIn.registries.entries.map(({ uniqueId, entityId }) => [uniqueId, entityId]);
      assert.deepEqual(ids, [
        ['nodered-s-a', 'sensor.a'],
        ['nodered-t-a', 'sensor.a_2'],
      ]);
    });
    it('no name: sensor.nodered_<N>', async () => {
      await discover('a', 'sensor');
      assert.deepEqual(standIn.states.ids, ['sensor.nodered_a']);
    });
    for (const version of OLD)
      it(`with device_info up to 2025.12.5 still slug of the name; ${version}`, async () => {
        await start({ version });
        await discover('a', 'sensor', { ...named('Sleep score'), device_info: DEVICE });
        assert.equal(attribute('sensor.sleep_score', 'friendly_name'), 'Sleep score');
      });
    it('2026.11.0: <device name>_<name>, also before a name the user gave; not doubled', async () => {
      await discover('a', 'sensor', { ...named('Sleep score'), device_info: DEVICE });
      await discover('b', 'sensor', { ...named('Oura Anna steps'), device_info: DEVICE });
      assert.equal(attribute('sensor.oura_anna_sleep_score', 'friendly_name'), 'Oura Anna Sleep score');
      assert.equal(attribute('sensor.oura_anna_steps', 'friendly_name'), 'Oura Anna steps');
      await call('config/entity_registry/update', { entity_id: 'sensor.oura_anna_steps', name: 'Mine' });
      assert.equal(attribute('sensor.oura_anna_steps', 'friendly_name'), 'Oura Anna Mine');
    });
    for (const [version, lines] of [
      ['2024.11.3', 1],
      ['2025.4.4', 1],
      ['2025.12.5', 0],
      [NEW, 0],
    ] as const)
      it(`rename: state and subscription go on; on 2024.11/2025.4 "Cannot migrate history"; ${version}`, async () => {
        await start({ version });
        await discover('a', 'sensor', { ...named('A'), state: 1 });
        await call('config/entity_registry/update', { entity_id: 'sensor.a', new_entity_id: 'sensor.b' });
        await show('a', 2);
        assert.deepEqual([standIn.states.ids, state('sensor.b')], [['sensor.b'], '2']);
        assert.equal(standIn.complaints.filter((line) => line.includes('Cannot migrate history')).length, lines);
      });
    it('errors: same domain, already registered, Invalid entity ID, Entity not found', async () => {
      await discover('a', 'sensor', named('A'));
      await discover('b', 'sensor', named('B'));
      for (const wrong of ['switch.a', 'sensor.b', 'sensor.A b']) {
        await refused('invalid_info', call('config/entity_registry/update', { entity_id: 'sensor.a', new_entity_id: wrong }));
      }
      await refused('not_found', call('config/entity_registry/update', { entity_id: 'sensor.z', new_entity_id: 'sensor.y' }));
      await refused('not_found', call('config/entity_registry/get', { entity_id: 'sensor.z' }));
    });
    for (const version of ALL)
      it(`exact id without rename: first with the object id as name and no device_info, second with the real name and device_info; ${version}`, async () => {
        await start({ version });
        await discover('a', 'sensor', named('oura_anna_x'));
        await discover('a', 'sensor', { ...named('X'), device_info: DEVICE });
        assert.equal(entry('sensor.oura_anna_x').originalName, version === NEW ? 'X' : 'oura_anna_x');
        assert.equal(attribute('sensor.oura_anna_x', 'friendly_name'), version === NEW ? 'Oura Anna X' : 'X');
      });
  });

  describe('state and attributes', () => {
    const rows: readonly (readonly [
      title: string,
      component: string,
      config: object,
      sent: unknown,
      shown: string,
      isComplaint?: boolean,
    ])[] = [
      ['null: unknown', 'sensor', {}, null, 'unknown'],
      ['numeric sensor given text: ValueError, state unchanged', 'sensor', { unit_of_measurement: 'h' }, 'unavailable', '7', true],
      ['text sensor: "unavailable" is shown as such', 'sensor', {}, 'unavailable', 'unavailable'],
      ['text sensor: "" stays empty', 'sensor', {}, '', ''],
      ['text sensor: > 255 characters: unknown', 'sensor', {}, 'x'.repeat(256), 'unknown'],
      ['timestamp: shown in UTC', 'sensor', { device_class: 'timestamp' }, '2026-03-01T08:00:00+02:00', '2026-03-01T06:00:00+00:00'],
      ['timestamp: epoch s', 'sensor', { device_class: 'timestamp' }, 1772345600, '2026-03-01T06:13:20+00:00'],
      ['timestamp: naive: error, unchanged', 'sensor', { device_class: 'timestamp' }, '2026-03-01T08:00:00', 'unknown', true],
      ['timestamp: date only: error, unchanged', 'sensor', { device_class: 'timestamp' }, '2026-03-01', 'unknown', true],
      ['timestamp: garbage: unknown', 'sensor', { device_class: 'timestamp' }, 'soon', 'unknown'],
      ['date: shows a datetime', 'sensor', { device_class: 'date' }, '2026-11-23', '2026-11-23T00:00:00'],
      ['binary_sensor: "open" on', 'binary_sensor', {}, 'open', 'on'],
      ['binary_sensor: other text off', 'binary_sensor', {}, 'closed', 'off'],
      ['binary_sensor: null unknown', 'binary_sensor', {}, null, 'unknown'],
      ['switch: any non-empty text is on ("off" too)', 'switch', {}, 'off', 'on'],
      ['switch: false', 'switch', {}, false, 'off'],
      ['select: option not in the list: unknown', 'select', { options: ['a'] }, 'b', 'unknown'],
      ['number: type not checked', 'number', {}, 'x', 'x'],
      ['text: cut to max_length with a warning', 'text', { max_length: 3 }, 'abcd', 'abc', true],
    ];
    for (const [title, component, config, sent, expected, isComplaint = false] of rows)
      it(title, async () => {
        const isNumeric = 'unit_of_measurement' in config;
        await discover('a', component, { ...named('A', config), ...(isNumeric && { state: 7 }) });
        await show('a', sent);
        assert.deepEqual([state(`${component}.a`), standIn.complaints.length > 0], [expected, isComplaint]);
      });
    it('attributes replace the former ones; friendly_name and unit in them lose, icon wins; left out = {}', async () => {
      await discover('a', 'sensor', named('A', { unit_of_measurement: 'h', icon: 'mdi:ring' }));
      await show('a', 1, { attributes: { x: 1, friendly_name: 'Z', unit_of_measurement: 'd', icon: 'mdi:bed' } });
      assert.deepEqual(standIn.states.get('sensor.a')?.attributes, { x: 1, friendly_name: 'A', unit_of_measurement: 'h', icon: 'mdi:bed' });
      await show('a', 1);
      assert.deepEqual(standIn.states.get('sensor.a')?.attributes, { friendly_name: 'A', unit_of_measurement: 'h', icon: 'mdi:ring' });
    });
    it('unchanged state and attributes: nothing happens', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1 });
      await show('a', 1);
      assert.equal(standIn.states.changes.get('sensor.a'), 1);
    });
    it('button: ignores the state, shows its press time by itself', async () => {
      await heardOn('a', 'button', named('A'));
      await show('a', 'x');
      assert.equal(state('button.a'), 'unknown');
      standIn.act('button.a', null);
      assert.match(state('button.a') ?? '', /^\d{4}-/);
    });
  });

  describe('two-way', () => {
    it('events on the id of the newest discovery only; the state does not change by itself', async () => {
      const first = await heardOn('a', 'number', named('A', { min_value: 0, max_value: 10 }));
      await show('a', 1);
      const second = await heardOn('a', 'number', named('A', { min_value: 0, max_value: 10 }));
      standIn.act('number.a', 5.5);
      assert.throws(() => {
        standIn.act('number.a', 11);
      });
      await roundTrip();
      assert.deepEqual([first, second, state('number.a')], [[], [{ type: 'value_change', value: 5.5 }], '1']);
    });
    it('switch state_changed, button automation_triggered, nodered.trigger automation_triggered with output_path; select and text value_change', async () => {
      const heard = [
        await heardOn('a', 'switch', named('A')),
        await heardOn('b', 'button', named('B')),
        await heardOn('c', 'select', named('C', { options: ['x'] })),
        await heardOn('d', 'text', named('D')),
      ];
      standIn.act('switch.a', true);
      standIn.trigger('switch.a');
      standIn.act('button.b', null);
      standIn.act('select.c', 'x');
      standIn.act('text.d', 'y');
      for (const [id, wrong] of [
        ['select.c', 'z'],
        ['text.d', 'x'.repeat(101)],
      ] as const)
        assert.throws(() => {
          standIn.act(id, wrong);
        });
      await roundTrip();
      assert.deepEqual(heard, [
        [
          { type: 'state_changed', state: true },
          { type: 'automation_triggered', data: { output_path: '0', message: {} } },
        ],
        [{ type: 'automation_triggered', data: { entity: {} } }],
        [{ type: 'value_change', value: 'x' }],
        [{ type: 'value_change', value: 'y' }],
      ]);
    });
    it('socket closed after the first discovery: keeps its state; after a repeated one: unavailable, which only a discovery undoes', async () => {
      const second = await other();
      await discover('a', 'switch', { ...named('A'), state: true }, second);
      await discover('b', 'switch', { ...named('B'), state: true }, second);
      await discover('b', 'switch', named('B'), second);
      await discover('c', 'sensor', { ...named('C'), state: 1 }, second);
      await discover('c', 'sensor', named('C'), second);
      await second.close();
      await rig.server.until(() => rig.server.clients === 1);
      await roundTrip();
      assert.deepEqual(['switch.a', 'switch.b', 'sensor.c'].map(state), ['on', 'unavailable', '1']);
      standIn.act('switch.a', false); // succeeds and vanishes
      await show('b', false);
      assert.equal(state('switch.b'), 'unavailable');
      await discover('b', 'switch', named('B'));
      assert.equal(state('switch.b'), 'off');
    });
    it('an old socket that ends after the new discovery makes the entity unavailable again', async () => {
      const old = await other();
      await discover('a', 'switch', { ...named('A'), state: true }, old);
      await discover('a', 'switch', named('A'), old);
      await discover('a', 'switch', named('A'));
      await old.close();
      await rig.server.until(() => rig.server.clients === 1);
      await roundTrip();
      assert.equal(state('switch.a'), 'unavailable');
    });
    it('or subscription, unsubscribe_events', async () => {
      await discover('a', 'switch', named('A'));
      const end = await rig.connection.subscribe(
        { type: 'nodered/discovery', server_id: 's', node_id: 'a', component: 'switch', config: { name: 'A' } },
        () => undefined,
        'socket',
      );
      await discover('a', 'switch', named('A'));
      end();
      await rig.server.until(() => rig.server.commands.some(({ type }) => type === 'unsubscribe_events'));
      assert.equal(state('switch.a'), 'unavailable');
    });
  });

  describe('restart and reload', () => {
    it('all unavailable, restored: true; nodered/entity alone changes nothing; first discovery takes its state, none given: unknown', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1 });
      await discover('b', 'select', { ...named('B', { options: ['x'] }), state: 'x' });
      standIn.reload();
      await show('a', 2);
      assert.deepEqual([state('sensor.a'), attribute('sensor.a', 'restored')], ['unavailable', true]);
      await discover('a', 'sensor', { ...named('A'), state: 3 });
      await discover('b', 'select', named('B', { options: ['x'] }));
      assert.deepEqual([state('sensor.a'), state('select.b')], ['3', 'unknown']);
    });
    it('number and text take their stored value instead of it', async () => {
      await discover('a', 'number', { ...named('A'), state: 1 });
      await discover('b', 'text', { ...named('B'), state: 'x' });
      standIn.reload();
      await discover('a', 'number', { ...named('A'), state: 2 });
      await discover('b', 'text', { ...named('B'), state: 'y' });
      assert.deepEqual([state('number.a'), state('text.b')], ['1', 'x']);
    });
    it('an entity disabled and enabled again: reload later; all entities are unavailable', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1 });
      await discover('b', 'sensor', { ...named('B'), state: 1 });
      await call('config/entity_registry/update', { entity_id: 'sensor.a', disabled_by: 'user' });
      assert.equal(state('sensor.a'), undefined);
      await call('config/entity_registry/update', { entity_id: 'sensor.a', disabled_by: null });
      assert.equal(state('sensor.b'), '1');
      standIn.passReloadDelay();
      assert.equal(state('sensor.b'), 'unavailable');
    });
    it('a restart ends the connections, and nothing answers before the companion is loaded', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1 });
      standIn.restart();
      await rig.reconnected();
      await refused('unknown_command', call('nodered/version'));
      standIn.load();
      assert.equal(await call('nodered/version'), '4.2.3');
      assert.equal(state('sensor.a'), 'unavailable');
    });
  });

  describe('removal', () => {
    it('remove:true, known N: nothing visible, but poisons: later removal leaves a ghost, and no reload heals it', async () => {
      await discover('a', 'sensor', { ...named('A'), state: 1 });
      await discover('a', 'sensor', { remove: true });
      assert.deepEqual([state('sensor.a'), standIn.complaints], ['1', []]);
      await call('config/entity_registry/remove', { entity_id: 'sensor.a' });
      assert.equal(state('sensor.a'), '1');
      standIn.reload();
      assert.match(standIn.complaints.join(), /TypeError.*does not generate unique IDs/s);
    });
    it('remove:true, unknown N: creates the entity', async () => {
      await discover('a', 'sensor', { ...named('A'), remove: true });
      assert.deepEqual(standIn.states.ids, ['sensor.a']);
    });
    for (const [version, id] of [
      ['2024.11.3', 'sensor.a'],
      ['2025.4.4', 'sensor.a'],
      [NEW, 'sensor.mine'],
    ] as const)
      it(`registry/remove: gone; N makes nothing until reload, another N at once; then 2026.11 gives the former id back; ${version}`, async () => {
        await start({ version });
        await discover('a', 'sensor', named('A'));
        await call('config/entity_registry/update', { entity_id: 'sensor.a', new_entity_id: 'sensor.mine' });
        await call('config/entity_registry/remove', { entity_id: 'sensor.mine' });
        await discover('a', 'sensor', named('A'));
        assert.deepEqual(standIn.states.ids, []);
        await discover('b', 'sensor', named('B'));
        assert.deepEqual(standIn.states.ids, ['sensor.b']);
        standIn.reload();
        await discover('a', 'sensor', named('A'));
        assert.ok((standIn.states.ids as readonly string[]).includes(id));
      });
    it('the same while restored: clean, and N can be discovered again at once', async () => {
      await discover('a', 'sensor', named('A'));
      standIn.reload();
      await call('config/entity_registry/remove', { entity_id: 'sensor.a' });
      assert.deepEqual(standIn.states.ids, []);
      await discover('a', 'sensor', named('A'));
      assert.deepEqual([standIn.states.ids, standIn.complaints], [['sensor.a'], []]);
    });
    it('device/remove: device gone, entities stay; unknown id: success; next discovery makes it again', async () => {
      await discover('a', 'sensor', { ...named('A'), device_info: DEVICE });
      await call('nodered/device/remove', { node_id: 'nothing' });
      await call('nodered/device/remove', { node_id: 'ring' });
      assert.deepEqual([standIn.registries.devices, entry('sensor.oura_anna_a').deviceId], [[], null]);
      await discover('a', 'sensor', { ...named('A'), device_info: DEVICE });
      assert.equal(standIn.registries.devices.length, 1);
    });
    it('an empty device does not go by itself', async () => {
      await discover('a', 'sensor', { ...named('A'), device_info: DEVICE });
      await call('config/entity_registry/remove', { entity_id: 'sensor.oura_anna_a' });
      assert.equal(standIn.registries.devices.length, 1);
    });
  });

  it('subscribe_entities tells what is there, changes and removals of the entities asked for', async () => {
    await discover('a', 'sensor', { ...named('A'), state: 1 });
    const heard: unknown[] = [];
    await rig.connection.subscribe({ type: 'subscribe_entities', entity_ids: ['sensor.a'] }, (event) => heard.push(event), 'socket');
    await discover('b', 'sensor', named('B'));
    await show('a', 2);
    await call('config/entity_registry/remove', { entity_id: 'sensor.a' });
    await roundTrip();
    assert.deepEqual(heard, [
      { a: { 'sensor.a': { s: '1', a: { friendly_name: 'A' } } } },
      { c: { 'sensor.a': { '+': { s: '2', a: { friendly_name: 'A' } } } } },
      { r: ['sensor.a'] },
    ]);
  });
});
