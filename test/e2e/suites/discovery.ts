import assert from 'node:assert/strict';
import { systemClock } from '../../../lib/async/system-clock';
import type { EntityCommand, EntityState } from '../../../lib/home/entity';
import { Ledger } from '../../../lib/home/ledger';
import { MqttTransport } from '../../../lib/home/mqtt/mqtt-transport';
import { catalogueEntities } from '../../support/catalogue-entities';
import { ClientBroker } from '../../support/client-broker';
import { definitionOf, deviceOf, stateOf } from '../../support/entity-samples';
import { createMemorySettings } from '../../../lib/store/memory-settings';
import type { Home } from '../support/home';
import type { EntityState as ShownState } from '../support/home-assistant-types';
import { isShown } from '../support/is-shown';

const SLUG = 'discovery';
const device = deviceOf({ personId: 'd15c0fe7e5e1', slug: SLUG, name: 'Oura Discovery' });
const entities = catalogueEntities();
const further = [
  definitionOf('night_arrived', { component: 'event', eventTypes: ['night'] }),
  definitionOf('note', { component: 'text', hasAvailability: true }),
];
const definitions = [...entities.map(({ definition }) => definition), ...further];
const states = [...entities.map(({ state }) => state), stateOf('note', 'hello')];
const numeric = entities.filter(({ definition: { component, stateClass } }) => component === 'sensor' && stateClass !== null);
const said: string[] = [];
const say = (message: string): void => {
  said.push(message);
};
const logger = { error: say, warn: say, info: say, debug: say };
const patience = (): AbortSignal => AbortSignal.timeout(60_000);

/**
 * Each kind of entity the package makes, straight from the transport into Home Assistant.
 * @param tell hears how long 100 changes took to be seen, in milliseconds, shortest first
 */
export function describeDiscovery(
  home: () => Pick<Home, 'homeAssistant' | 'mosquitto'>,
  tell: (took: readonly number[]) => void = () => undefined,
): void {
  describe('MQTT discovery of every metric and control', () => {
    let client: ClientBroker;
    let transport: MqttTransport;
    let lines = 0;
    const ledger = new Ledger(createMemorySettings());
    const entityIdOf = (key: string): string => `${definitions.find((one) => one.key === key)?.component ?? ''}.oura_${SLUG}_${key}`;
    const open = async (): Promise<void> => {
      client = new ClientBroker(home().mosquitto.url, { protocolVersion: 5 });
      await client.until(true);
      const ports = { broker: client, clock: systemClock, logger, ledger };
      transport = new MqttTransport(ports, { owner: 'discovery', prefix: 'homeassistant', personId: device.personId });
    };
    const shut = async (): Promise<void> => {
      await transport.close();
      await client.close();
    };
    /** Before 2024.12, Home Assistant warned once of each instant that becomes unknown, in whatever way that is told. */
    const complaints = (): readonly string[] =>
      home()
        .homeAssistant.complaints(lines)
        .filter((text) => home().homeAssistant.isSince(2024, 12) || !text.includes("Invalid state message ''"));
    const all = async (what: string, isRight: (shown: ReadonlyMap<string, ShownState>) => readonly string[]): Promise<void> => {
      let wrong: readonly string[] = [];
      const probe = async (): Promise<boolean> => {
        wrong = isRight(new Map((await home().homeAssistant.states()).map((state) => [state.entity_id, state])));
        return wrong.length === 0;
      };
      await home()
        .homeAssistant.until(what, probe)
        .catch((cause: unknown) => {
          throw new Error(`${what}: ${wrong.slice(0, 10).join('\n')}`, { cause });
        });
    };
    const allShow = (wanted: readonly EntityState[]): Promise<void> =>
      all('all states', (shown) =>
        wanted.flatMap(({ key, state }) => {
          const is = shown.get(entityIdOf(key))?.state ?? 'not there';
          return isShown(is, state) ? [] : [`${key} is ${is}, not ${String(state)}`];
        }),
      );

    before(open);
    after(async () => {
      await shut();
    });

    it('registers all of them under the wanted ids, with state, unit, classes, category and attributes', async () => {
      const { homeAssistant } = home();
      lines = homeAssistant.lines.length;
      transport.declare(device, definitions);
      transport.setAvailable(true);
      transport.show(states);
      await transport.settled(patience());
      await allShow(states.filter(({ key }) => !entityIdOf(key).startsWith('button.')));
      const registry = new Map((await homeAssistant.entities()).map((entry) => [entry.unique_id, entry]));
      const shown = new Map((await homeAssistant.states()).map((state) => [state.entity_id, state]));
      for (const { key, category, unit, deviceClass, stateClass, component, options, range } of definitions) {
        const entry = registry.get(`oura_${device.personId}_${key}`);
        assert.deepEqual([entry?.entity_id, entry?.entity_category, entry?.disabled_by], [entityIdOf(key), category, null], key);
        const attributes = shown.get(entityIdOf(key))?.attributes ?? {};
        const is = [attributes['unit_of_measurement'], attributes['device_class'], attributes['state_class']];
        assert.deepEqual(
          is.map((one) => one ?? null),
          [unit, deviceClass, stateClass],
          key,
        );
        if (component === 'select') assert.deepEqual(attributes['options'], options, key);
        if (range !== null) assert.deepEqual([attributes['min'], attributes['max'], attributes['step']], Object.values(range), key);
      }
      for (const { definition, state } of entities) {
        const attributes = shown.get(entityIdOf(definition.key))?.attributes ?? {};
        for (const [name, value] of Object.entries(state.attributes)) assert.deepEqual(attributes[name], value, definition.key);
        if (state.lastReset !== null)
          assert.equal(Date.parse(String(attributes['last_reset'])), Date.parse(state.lastReset), definition.key);
      }
      const found = (await homeAssistant.devices()).find(({ name }) => name === device.name);
      assert.deepEqual(
        [found?.manufacturer, found?.model, found?.sw_version, found?.hw_version],
        ['Oura', device.model, device.swVersion, device.hwVersion],
      );
      assert.deepEqual(complaints(), []);
    });

    it('shows 100 changed values at once, and sends what has changed only', async () => {
      const { homeAssistant, mosquitto } = home();
      const heard = await homeAssistant.collect<{ readonly c?: object; readonly a?: object }>({ type: 'subscribe_entities' });
      const took: number[] = [];
      for (let round = 1; round <= 20; round += 1) {
        const changed = numeric.slice(0, 100).map(({ state }) => ({ ...state, state: 1000 * round + Number(state.state) }));
        assert.equal(changed.length, Math.min(100, numeric.length));
        const missing = new Set(changed.map(({ key }) => entityIdOf(key)));
        const seen = heard.length;
        const sent = mosquitto.messages.length;
        const begin = performance.now();
        transport.show(changed);
        await homeAssistant.until('all changes', () => {
          for (const event of heard.slice(seen)) for (const id of Object.keys(event.c ?? {})) missing.delete(id);
          return missing.size === 0;
        });
        took.push(performance.now() - begin);
        await transport.settled(patience());
        await allShow(changed);
        await mosquitto.publish('oura-e2e/round', String(round), { retain: false });
        await mosquitto.message('oura-e2e/round', ({ payload }) => payload === String(round), sent); // it has seen all before
        assert.equal(mosquitto.messages.slice(sent).filter(({ topic }) => topic.startsWith(`oura/${SLUG}/`)).length, changed.length);
      }
      tell(took.toSorted((a, b) => a - b));
    });

    it('shows what is not known as unknown', async () => {
      const unknown = states.map((state) => ({ ...state, state: null, lastReset: null }));
      transport.show(unknown);
      await transport.settled(patience());
      await allShow(unknown);
      transport.show(states);
      await transport.settled(patience());
      await allShow(states.filter(({ key }) => !entityIdOf(key).startsWith('button.')));
      assert.deepEqual(complaints(), []);
    });

    it('shows a word that Oura has added, and a text that is too long shortened', async () => {
      const { homeAssistant } = home();
      const enums = entities.filter(({ definition: { deviceClass } }) => deviceClass === 'enum');
      const changed = enums.map(({ state }, index) => ({ ...state, state: `new word ${index}` }));
      transport.show(changed);
      await transport.settled(patience());
      await allShow(changed);
      const text = entities.find(
        ({ definition: { component, deviceClass, unit, stateClass, precision } }) =>
          [deviceClass, unit, stateClass, precision].every((one) => one === null) && component === 'sensor',
      );
      assert.ok(text);
      transport.show([{ ...text.state, state: 'ä'.repeat(300) }]);
      await homeAssistant.untilState(entityIdOf(text.definition.key), `${'ä'.repeat(254)}…`);
      assert.deepEqual(complaints(), []);
    });

    it('hears each kind of control, and tells events', async () => {
      const { homeAssistant } = home();
      const heard: EntityCommand[] = [];
      transport.onCommand((command) => heard.push(command));
      const act = (domain: string, service: string, key: string, data: object = {}): Promise<void> =>
        homeAssistant.act(domain, service, data, { entity_id: entityIdOf(key) });
      await act('select', 'select_option', 'automation_mode', { option: 'ask' });
      await act('number', 'set_value', 'alert_sleep_score', { value: 55 });
      await act('number', 'set_value', 'alert_temperature_deviation', { value: 0.7 });
      await act('switch', 'turn_off', 'scenario_sleep_sanctuary');
      await act('button', 'press', 'refresh_data');
      await act('text', 'set_value', 'note', { value: 'hi' });
      await homeAssistant.until('the commands', () => heard.length === 6);
      assert.deepEqual(heard, [
        { key: 'automation_mode', value: 'ask' },
        { key: 'alert_sleep_score', value: 55 },
        { key: 'alert_temperature_deviation', value: 0.7 },
        { key: 'scenario_sleep_sanctuary', value: false },
        { key: 'refresh_data', value: null },
        { key: 'note', value: 'hi' },
      ]);
      transport.fire({ key: 'night_arrived', eventType: 'night', attributes: { score: 82 } });
      const event = await homeAssistant.untilState(entityIdOf('night_arrived'), ({ state }) => state !== 'unknown');
      assert.deepEqual([event.attributes['event_type'], event.attributes['score']], ['night', 82]);
    });

    it('does not fight a person who deletes an entity, and makes it again at the next start', async () => {
      const { homeAssistant } = home();
      const { key } = numeric[0]?.definition ?? definitionOf('');
      await homeAssistant.send({ type: 'config/entity_registry/remove', entity_id: entityIdOf(key) });
      const topic = `homeassistant/sensor/oura_${device.personId}/${key}/config`;
      await home().mosquitto.message(topic, ({ payload }) => payload === '');
      await client.publish({ topic: 'oura-e2e/after', payload: '', retain: false }); // when it has arrived, we have heard what was before
      transport.declare({ ...device, swVersion: '3.0.0' }, definitions);
      await transport.settled(patience());
      assert.equal((await home().mosquitto.retained(topic)).size, 0);
      await shut();
      await open();
      transport.declare(device, definitions);
      transport.setAvailable(true);
      transport.show(states);
      await transport.settled(patience());
      await allShow(states.filter((state) => state.key === key));
    });

    it('sends nothing at a start that finds all as it is, and keeps all when Home Assistant starts again', async () => {
      const { homeAssistant, mosquitto } = home();
      await shut();
      const sent = mosquitto.messages.length;
      await open();
      transport.declare(device, definitions);
      transport.setAvailable(true);
      transport.show(states);
      await transport.settled(patience());
      const messages = mosquitto.messages
        .slice(sent)
        .filter(({ topic, retain }) => topic.includes(SLUG) && !topic.includes('/mark/') && !retain);
      assert.deepEqual(
        messages.map(({ topic }) => topic),
        [`oura/${SLUG}/availability`],
      );
      await homeAssistant.restart();
      await allShow(states.filter(({ key }) => !entityIdOf(key).startsWith('button.')));
      transport.fire({ key: 'night_arrived', eventType: 'night', attributes: { score: 83 } });
      await homeAssistant.untilState(entityIdOf('night_arrived'), ({ attributes }) => attributes['score'] === 83);
    });

    it('gives a renamed person a new device name, and clears everything in the end', async () => {
      const { homeAssistant, mosquitto } = home();
      transport.declare({ ...device, slug: 'renamed', name: 'Oura Renamed' }, definitions);
      transport.show(states);
      await transport.settled(patience());
      await homeAssistant.until('the name', async () => (await homeAssistant.devices()).some(({ name }) => name === 'Oura Renamed'));
      assert.equal((await mosquitto.retained(`oura/${SLUG}/#`)).size, 0);
      await transport.remove(patience());
      const isOurs = (uniqueId: string): boolean => uniqueId.startsWith(`oura_${device.personId}`);
      await homeAssistant.until('all to go', async () => !(await homeAssistant.entities()).some(({ unique_id: id }) => isOurs(id)));
      assert.equal((await mosquitto.retained('oura/renamed/#')).size, 0);
      assert.equal((await mosquitto.retained(`homeassistant/+/oura_${device.personId}/#`)).size, 0);
      assert.deepEqual(ledger.owners, []);
      assert.deepEqual(complaints(), []);
    });
  });
}
