import assert from 'node:assert/strict';
import type { Home } from '../support/home';

const ID = 'oura_e2e_hrv';
const STATE_TOPIC = 'oura-e2e/hrv';
const CONFIG_TOPIC = `homeassistant/sensor/${ID}/config`;
const CONFIG = {
  unique_id: ID,
  name: 'HRV',
  object_id: ID,
  default_entity_id: `sensor.${ID}`,
  state_topic: STATE_TOPIC,
  unit_of_measurement: 'min',
  device_class: 'duration',
  state_class: 'measurement',
  device: { identifiers: ['oura_e2e'], name: 'Oura e2e', manufacturer: 'Oura' },
};

/** That the programs around the package work together by themselves; nothing of the package is needed for that. */
export function describeSurroundings(home: () => Home): void {
  describe('the surroundings', () => {
    const entityId = `sensor.${ID}`;

    it('are of the version that is installed', async () => {
      const { homeAssistant } = home();
      const { version } = await homeAssistant.rest.call<{ readonly version: string }>('GET', '/api/config');
      assert.equal(version, homeAssistant.version);
    });

    it('show what is announced by hand at the broker as an entity of a device', async () => {
      const { homeAssistant, mosquitto } = home();
      await mosquitto.publish(CONFIG_TOPIC, CONFIG);
      await mosquitto.publish(STATE_TOPIC, '47');
      const { attributes } = await homeAssistant.untilState(entityId, '47');
      const { unit_of_measurement: unit, device_class: deviceClass, state_class: stateClass } = attributes;
      assert.deepEqual({ unit, deviceClass, stateClass }, { unit: 'min', deviceClass: 'duration', stateClass: 'measurement' });
      const entry = await homeAssistant.untilRegistered(ID);
      const device = (await homeAssistant.devices()).find(({ id }) => id === entry.device_id);
      assert.equal(entry.entity_id, entityId);
      assert.deepEqual([device?.name, device?.manufacturer], ['Oura e2e', 'Oura']);
    });

    it('keep the entity and its value when Home Assistant starts again', async () => {
      const { homeAssistant, mosquitto } = home();
      const heard = await homeAssistant.collect<unknown>({ type: 'subscribe_events', event_type: 'oura_e2e' });
      const seen = mosquitto.messages.length;
      await homeAssistant.restart();
      await mosquitto.message('homeassistant/status', ({ payload }) => payload === 'offline', seen);
      await mosquitto.message('homeassistant/status', ({ payload }) => payload === 'online', seen);
      await homeAssistant.untilState(entityId, '47');
      await homeAssistant.rest.call('POST', '/api/events/oura_e2e', { night: 1 });
      await homeAssistant.until('the event', () => heard.length === 1);
    });

    for (const signal of ['SIGTERM', 'SIGKILL'] as const)
      it(`keep the entity and its value when mosquitto ends by ${signal} and starts again`, async () => {
        const { homeAssistant, mosquitto } = home();
        await mosquitto.stop(signal);
        await homeAssistant.untilState(entityId, 'unavailable');
        const seen = mosquitto.messages.length;
        await mosquitto.startAgain();
        await mosquitto.message('homeassistant/status', ({ payload }) => payload === 'online', seen);
        await homeAssistant.untilState(entityId, '47');
        const kept = await mosquitto.retained();
        assert.deepEqual([kept.get(STATE_TOPIC), JSON.parse(kept.get(CONFIG_TOPIC) ?? 'null')], ['47', CONFIG]);
      });

    it('have the package in a Node-RED that talks to the same broker, and again after kill -9', async () => {
      const { mosquitto, simulator } = home();
      const place = { z: 'tab', x: 100, y: 100 };
      const flow = [
        { id: 'tab', type: 'tab', label: 'e2e' },
        home().brokerNode,
        {
          id: 'account',
          type: 'oura-account',
          name: 'Anna',
          slug: 'anna-e2e',
          mode: 'token',
          apiBase: simulator.url,
          historyDays: 30,
          version: 1,
          credentials: { accessToken: simulator.tokens[0] },
        },
        {
          id: 'in',
          type: 'mqtt in',
          ...place,
          topic: 'oura-e2e/ask',
          qos: '1',
          datatype: 'utf8',
          broker: 'broker',
          inputs: 0,
          wires: [['sleep']],
        },
        {
          id: 'sleep',
          type: 'oura-daily-sleep',
          ...place,
          account: 'account',
          output: 'query',
          select: 'latest',
          version: 1,
          wires: [['score']],
        },
        {
          id: 'score',
          type: 'change',
          ...place,
          rules: [{ t: 'set', p: 'payload', pt: 'msg', to: 'payload.day', tot: 'msg' }],
          wires: [['out']],
        },
        { id: 'out', type: 'mqtt out', ...place, topic: 'oura-e2e/answer', qos: '1', retain: '', broker: 'broker', wires: [] },
      ];
      await home().nodeRed.deploy(flow);
      const isDay = ({ payload }: { readonly payload: string }): boolean => /^\d{4}-\d\d-\d\d$/.test(payload);
      const ask = async (): Promise<string> => {
        const seen = mosquitto.messages.length;
        return home().nodeRed.until('the newest night', async () => {
          await mosquitto.publish('oura-e2e/ask', 'now', { retain: false });
          return mosquitto.messages.slice(seen).find((one) => one.topic === 'oura-e2e/answer' && isDay(one))?.payload;
        });
      };
      const before = await ask();
      await home().restartNodeRed('SIGKILL');
      assert.equal(await ask(), before);
    });

    it('drop the entity when its announcement is emptied, and complain about nothing of all this', async () => {
      const { homeAssistant, mosquitto } = home();
      await mosquitto.publish(CONFIG_TOPIC, '');
      await mosquitto.publish(STATE_TOPIC, '');
      await homeAssistant.until('the entity to go', async () => (await homeAssistant.entities()).every((one) => one.unique_id !== ID));
      assert.deepEqual(homeAssistant.complaints(), []);
    });

    it('complain about an announcement that is wrong', async () => {
      const { homeAssistant, mosquitto } = home();
      const before = homeAssistant.lines.length;
      await mosquitto.publish(CONFIG_TOPIC, { ...CONFIG, device: { ...CONFIG.device, colour: 'black' } });
      await homeAssistant.until('a complaint', () => homeAssistant.complaints(before).some((one) => one.includes('colour')));
      await mosquitto.publish(CONFIG_TOPIC, '');
    });
  });
}
