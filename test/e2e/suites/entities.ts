import assert from 'node:assert/strict';
import { componentOf } from '../../../lib/catalogue/component-of';
import { CONTROL_KEYS, controlOf } from '../../../lib/catalogue/controls';
import { METRIC_KEYS, metricOf, type MetricKey } from '../../../lib/catalogue/metrics';
import { personIdOf } from '../../../lib/sync/person-id';
import type { Home } from '../support/home';
import type { EntityState, RegistryEntry } from '../support/home-assistant-types';
import { ANNA, BEN, TOLD, twoPersons, type PersonInFlow } from '../support/oura-flow';
import { mainSleepOf, newestOf, ouraAnswers } from '../support/oura-answers';

const MOST_PATIENT_MS = 200_000;
const DAY_MS = 86_400_000;
const entityIdOf = ({ slug }: PersonInFlow, component: string, key: string): string => `${component}.oura_${slug}_${key}`;
const sensorOf = (person: PersonInFlow, key: string): string => entityIdOf(person, 'sensor', key);
const metricIdOf = (person: PersonInFlow, key: MetricKey): string => entityIdOf(person, componentOf(metricOf(key).quantity), key);
const isKnown = ({ state }: EntityState): boolean => state !== 'unknown' && state !== 'unavailable';

/** The entities of two persons over MQTT, from Oura's answers to Home Assistant's own interface. */
export function describeEntities(home: () => Home): void {
  describe('the entities of two persons over MQTT', () => {
    const personId = ({ index }: PersonInFlow): string => personIdOf(home().simulator.personIds[index] ?? '');
    const uniqueIdOf = (person: PersonInFlow, key: string): string => `oura_${personId(person)}_${key}`;
    const registered = async (person: PersonInFlow): Promise<readonly RegistryEntry[]> => {
      const start = uniqueIdOf(person, '');
      return (await home().homeAssistant.entities()).filter(({ unique_id: id }) => id.startsWith(start));
    };
    const statesOf = async ({ slug }: PersonInFlow): Promise<readonly EntityState[]> =>
      (await home().homeAssistant.states()).filter(({ entity_id: id }) => id.includes(`.oura_${slug}_`));
    /** What the metrics of both show, by entity id. */
    const shown = async (): Promise<ReadonlyMap<string, string>> => {
      const metricIds = new Set([ANNA, BEN].flatMap((person) => METRIC_KEYS.map((key) => metricIdOf(person, key))));
      const states = (await home().homeAssistant.states()).filter(({ entity_id: id }) => metricIds.has(id));
      return new Map(states.map(({ entity_id: id, state }) => [id, state]));
    };
    const untilShown = async (before: ReadonlyMap<string, string>): Promise<void> => {
      let different: readonly unknown[] = [];
      await home()
        .homeAssistant.until('all values to be there', async () => {
          const now = await shown();
          different = [...before].filter(([id, state]) => now.get(id) !== state).map(([id, state]) => [id, state, now.get(id)]);
          return different.length === 0;
        })
        .catch((cause: unknown) => {
          throw new Error(`not as before: ${JSON.stringify(different.slice(0, 5))}`, { cause });
        });
    };
    const ourTopics = async (): Promise<readonly string[]> =>
      [...(await home().mosquitto.retained()).keys()].filter((topic) => /^oura\/|\/oura_/.test(topic));
    let complained = 0;

    before('deploy', async () => {
      complained = home().homeAssistant.lines.length;
      await home().nodeRed.deploy(twoPersons(home()));
      for (const person of [ANNA, BEN]) await home().homeAssistant.untilState(sensorOf(person, 'sleep_score'), isKnown, MOST_PATIENT_MS);
    });

    it('are at least 60 with a state and at least 100 registered, each person a device of their own', async () => {
      const devices = await home().homeAssistant.devices();
      for (const person of [ANNA, BEN]) {
        await home().homeAssistant.until('60 entities', async () => (await statesOf(person)).length >= 60);
        const entries = await registered(person);
        assert.ok(entries.length >= 100, `${entries.length} are registered`);
        const ids = new Set(entries.map(({ device_id: id }) => id));
        assert.equal(ids.size, 1, 'all belong to one device');
        const device = devices.find(({ id }) => ids.has(id));
        assert.deepEqual([device?.name, device?.manufacturer], [`Oura ${person.name}`, 'Oura']);
        assert.notEqual(device?.model, null);
        assert.notEqual(device?.sw_version, null);
      }
    });

    it('have the ids that were promised, and only the rare ones are switched off', async () => {
      for (const person of [ANNA, BEN]) {
        const entries = new Map((await registered(person)).map((entry) => [entry.unique_id, entry]));
        for (const key of METRIC_KEYS) {
          const metric = metricOf(key);
          const entry = entries.get(uniqueIdOf(person, key));
          assert.equal(entry?.entity_id, metricIdOf(person, key));
          assert.equal(entry.disabled_by, metric.enabledByDefault ? null : 'integration', key);
          assert.equal(entry.entity_category, metric.category, key);
        }
        for (const key of CONTROL_KEYS)
          assert.equal(entries.get(uniqueIdOf(person, key))?.entity_id, entityIdOf(person, controlOf(key).kind, key));
      }
    });

    it('have all metrics when the rare ones are switched on, each with its unit and classes', async () => {
      for (const person of [ANNA, BEN])
        for (const { entity_id: id, disabled_by: by } of await registered(person))
          if (by !== null) await home().homeAssistant.changeEntity(id, { disabled_by: null });
      for (const person of [ANNA, BEN])
        for (const key of METRIC_KEYS) {
          const { quantity } = metricOf(key);
          const id = metricIdOf(person, key);
          const { attributes } = await home().homeAssistant.untilState(id, ({ state }) => state !== 'unavailable', MOST_PATIENT_MS);
          const { unit_of_measurement: unit, device_class: deviceClass, state_class: stateClass } = attributes;
          const seen = { unit: unit ?? null, deviceClass: deviceClass ?? null, stateClass: stateClass ?? null };
          const { unit: wanted, deviceClass: wantedClass, stateClass: wantedState } = quantity;
          assert.deepEqual(seen, { unit: wanted, deviceClass: wantedClass, stateClass: wantedState }, id);
        }
    });

    it('show what Oura answers, in the units that were promised', async () => {
      const { simulator, homeAssistant } = home();
      for (const person of [ANNA, BEN]) {
        const answers = (path: string): ReturnType<typeof ouraAnswers> => ouraAnswers(simulator, person.index, path);
        const sleep = newestOf(await answers('daily_sleep'));
        const readiness = newestOf(await answers('daily_readiness'));
        const night = mainSleepOf(await answers('sleep'));
        const number = (value: unknown, divisor = 1): number => Math.round((Number(value) / divisor) * 100) / 100;
        const wanted: Readonly<Record<string, number>> = {
          sleep_score: number(sleep['score']),
          readiness_score: number(readiness['score']),
          temperature_deviation: number(readiness['temperature_deviation']),
          average_hrv: number(night['average_hrv']),
          lowest_heart_rate: number(night['lowest_heart_rate']),
          total_sleep_duration: number(night['total_sleep_duration'], 60),
          deep_sleep_duration: number(night['deep_sleep_duration'], 60),
          awake_time: number(night['awake_time'], 60),
          latency: number(night['latency'], 60),
        };
        for (const [key, value] of Object.entries(wanted)) {
          const { state, attributes } = await homeAssistant.untilState(sensorOf(person, key), ({ state }) =>
            isKnown({ state } as EntityState),
          );
          assert.equal(number(state), value, `${person.slug} ${key}`);
          const day = key.endsWith('score') || key === 'temperature_deviation' ? readiness['day'] : night['day'];
          if (key !== 'sleep_score') assert.equal(attributes['day'], day, `${person.slug} ${key}`);
        }
      }
    });

    it('start daily totals at the local start of their own day', async () => {
      const totals = METRIC_KEYS.filter((key) => metricOf(key).quantity.stateClass === 'total');
      assert.ok(totals.length > 0);
      for (const key of totals) {
        const { state, attributes } = await home().homeAssistant.untilState(sensorOf(ANNA, key), () => true);
        if (state === 'unknown') continue; // nothing of that kind has been measured
        assert.equal(attributes['last_reset'], `${String(attributes['day'])}T00:00:00+00:00`, key);
      }
    });

    it('take each control from Home Assistant to Node-RED and come back as its state', async () => {
      const { homeAssistant, mosquitto } = home();
      for (const key of CONTROL_KEYS) {
        const control = controlOf(key);
        const id = entityIdOf(ANNA, control.kind, key);
        const seen = mosquitto.messages.length;
        const told = (value: unknown): Promise<unknown> =>
          mosquitto.message(
            `${TOLD}/anna`,
            ({ payload }) => {
              const { topic, payload: got } = JSON.parse(payload) as { readonly topic: string; readonly payload: unknown };
              return topic === `oura/anna/control/${key}` && (value === undefined || got === value);
            },
            seen,
          );
        const target = { entity_id: id };
        switch (control.kind) {
          case 'select': {
            const option = control.options.find((one) => one !== control.default) ?? '';
            await homeAssistant.act('select', 'select_option', { option }, target);
            await told(option);
            await homeAssistant.untilState(id, option);
            break;
          }
          case 'number': {
            const value = control.default === control.max ? control.default - control.step : control.default + control.step;
            await homeAssistant.act('number', 'set_value', { value }, target);
            await homeAssistant.untilState(id, ({ state }) => Math.abs(Number(state) - value) < 1e-9);
            await told(undefined);
            break;
          }
          case 'switch': {
            await homeAssistant.act('switch', control.default ? 'turn_off' : 'turn_on', {}, target);
            await told(!control.default);
            await homeAssistant.untilState(id, control.default ? 'off' : 'on');
            break;
          }
          case 'button':
            await homeAssistant.act('button', 'press', {}, target);
            await told(undefined);
        }
      }
      assert.equal((await homeAssistant.state(entityIdOf(BEN, 'select', 'automation_mode')))?.state, 'suggest', 'Ben keeps his own');
    });

    it('move a judgement as soon as its threshold is moved', async () => {
      const { homeAssistant, simulator, mosquitto } = home();
      const score = 80;
      const today = new Date().toISOString().slice(0, 10);
      const readiness = newestOf(await ouraAnswers(simulator, BEN.index, 'daily_readiness'));
      const body = { ...readiness, id: 'e2e-readiness', day: today, timestamp: `${today}T00:00:00+00:00`, score };
      await simulator.control('put', { endpoint: 'daily_readiness', body, personId: simulator.personIds[BEN.index] });
      await mosquitto.publish('oura-e2e/refresh/ben', 'now', { retain: false });
      await homeAssistant.untilState(sensorOf(BEN, 'readiness_score'), String(score));
      const threshold = { entity_id: entityIdOf(BEN, 'number', 'target_readiness_score') };
      const judgement = entityIdOf(BEN, 'binary_sensor', 'optimal_readiness');
      await homeAssistant.act('number', 'set_value', { value: score + 1 }, threshold);
      await homeAssistant.untilState(judgement, 'off');
      await homeAssistant.act('number', 'set_value', { value: score }, threshold);
      await homeAssistant.untilState(judgement, 'on');
    });

    it('tell a night that arrives, on the bus, as an event entity and as a message', async () => {
      const { homeAssistant, simulator, mosquitto } = home();
      const [yesterday = '', today = ''] = [1, 0].map((days) => new Date(Date.now() - days * DAY_MS).toISOString().slice(0, 10));
      const heard = await homeAssistant.events('oura_night_arrived');
      const seen = mosquitto.messages.length;
      const night = mainSleepOf(await ouraAnswers(simulator, ANNA.index, 'sleep'));
      const span = { bedtime_start: `${yesterday}T22:00:00+00:00`, bedtime_end: `${today}T03:30:00+00:00` };
      const body = { ...night, ...span, id: 'e2e-night', day: today };
      await simulator.control('put', { endpoint: 'sleep', body, personId: simulator.personIds[ANNA.index] });
      await mosquitto.publish('oura-e2e/refresh/anna', 'now', { retain: false });
      await homeAssistant.until('the event', () => heard.length > 0);
      assert.deepEqual(
        heard.map(({ data }) => [data['slug'], data['id'], data['day']]),
        [['anna', 'e2e-night', today]],
      );
      const { attributes } = await homeAssistant.untilState(entityIdOf(ANNA, 'event', 'night_arrived'), isKnown);
      assert.deepEqual([attributes['event_type'], attributes['id']], ['arrived', 'e2e-night']);
      await mosquitto.message(`${TOLD}/anna`, ({ payload }) => payload.includes('"oura/anna/event/night_arrived"'), seen);
    });

    it('tell an alert at its start and at its end, with a notification that goes by itself', async () => {
      const { homeAssistant } = home();
      const set = (key: string, value: number): Promise<void> =>
        homeAssistant.act('number', 'set_value', { value }, { entity_id: entityIdOf(BEN, 'number', key) });
      const notes = async (): Promise<readonly string[]> =>
        Object.values(await homeAssistant.send<readonly { readonly title: string }[]>({ type: 'persistent_notification/get' })).map(
          ({ title }) => title,
        );
      const told = await homeAssistant.events('oura_alert');
      await set('quiet_hours_end', 22); // where they begin: there are none
      await homeAssistant.act('select', 'select_option', { option: 'all' }, { entity_id: entityIdOf(BEN, 'select', 'notification_level') });
      await set('alert_readiness_score', 81); // the score is 80
      await homeAssistant.until('the notification', async () => (await notes()).includes('Oura Ben: Readiness is low'));
      await set('alert_readiness_score', 60);
      await homeAssistant.until('the notification to go', async () => !(await notes()).includes('Oura Ben: Readiness is low'));
      await homeAssistant.until('both events', () => told.length >= 2);
      assert.deepEqual(
        told.map(({ data }) => [data['slug'], data['alert'], data['event_type']]),
        [
          ['ben', 'readiness', 'started'],
          ['ben', 'readiness', 'ended'],
        ],
      );
      await homeAssistant.untilState(entityIdOf(BEN, 'event', 'alert'), ({ attributes }) => attributes['event_type'] === 'ended');
    });

    it('keep the newest documents at the broker too', async () => {
      const { mosquitto, simulator } = home();
      const kept = await mosquitto.retained('oura/ben/document/#');
      const newest = newestOf(await ouraAnswers(simulator, BEN.index, 'daily_readiness'));
      const document = JSON.parse(kept.get('oura/ben/document/daily_readiness') ?? 'null') as Readonly<Record<string, unknown>> | null;
      assert.deepEqual([document?.['id'], document?.['day'], document?.['score']], [newest['id'], newest['day'], newest['score']]);
      assert.equal(kept.has('oura/ben/document/heartrate'), false);
    });

    it('keep all values, chosen ones too, while Node-RED is gone and when it is back', async () => {
      const before = await shown();
      const control = entityIdOf(ANNA, 'select', 'automation_mode');
      const chosen = (await home().homeAssistant.state(control))?.state ?? '';
      await home().restartNodeRed('SIGTERM');
      await home().homeAssistant.untilState(control, chosen);
      await untilShown(before);
      await home().restartNodeRed('SIGKILL');
      await home().homeAssistant.untilState(control, chosen);
      await untilShown(before);
    });

    it('keep all values when mosquitto starts again', async () => {
      const before = await shown();
      const { mosquitto } = home();
      await mosquitto.stop('SIGKILL');
      const seen = mosquitto.messages.length;
      await mosquitto.startAgain();
      await mosquitto.message('homeassistant/status', ({ payload }) => payload === 'online', seen);
      await untilShown(before);
    });

    it('keep all values when Home Assistant starts again', async () => {
      const before = await shown();
      await home().homeAssistant.restart();
      await untilShown(before);
    });

    it('LESSON: keep all values while Oura fails, and say why they are old', async () => {
      const { simulator, homeAssistant, mosquitto } = home();
      const before = await shown();
      await simulator.control('fail', { status: 500 });
      await mosquitto.publish('oura-e2e/refresh/anna', 'now', { retain: false });
      const steps = sensorOf(ANNA, 'steps');
      await homeAssistant.untilState(steps, ({ attributes }) => attributes['reason'] === 'error', MOST_PATIENT_MS);
      const now = await shown();
      assert.deepEqual(
        [...before].filter(([id, state]) => now.get(id) !== state),
        [],
      );
      await simulator.control('clear_faults');
      await mosquitto.publish('oura-e2e/refresh/anna', 'now', { retain: false });
      await homeAssistant.untilState(steps, ({ attributes }) => attributes['reason'] !== 'error', MOST_PATIENT_MS);
      await untilShown(before);
    });

    it('LESSON: take a nap as a nap and zero as a value', async () => {
      const { simulator, homeAssistant, mosquitto } = home();
      const night = mainSleepOf(await ouraAnswers(simulator, BEN.index, 'sleep'));
      const before = (await homeAssistant.state(sensorOf(BEN, 'total_sleep_duration')))?.state;
      const at = new Date(Date.now() - 3_600_000);
      const end = new Date(at.getTime() + 1_800_000);
      const nap = {
        ...night,
        id: 'e2e-nap',
        type: 'late_nap',
        day: at.toISOString().slice(0, 10),
        bedtime_start: at.toISOString(),
        bedtime_end: end.toISOString(),
        total_sleep_duration: 1200,
        latency: 0,
        awake_time: 0,
      };
      const personId = simulator.personIds[BEN.index];
      await simulator.control('put', { endpoint: 'sleep', body: nap, personId });
      await simulator.control('put', { endpoint: 'sleep', body: { ...night, awake_time: 0, latency: 0 }, personId });
      await mosquitto.publish('oura-e2e/refresh/ben', 'now', { retain: false });
      await homeAssistant.untilState(sensorOf(BEN, 'latest_sleep_duration'), ({ state }) => Number(state) === 20);
      await homeAssistant.untilState(sensorOf(BEN, 'awake_time'), ({ state }) => Number(state) === 0);
      await homeAssistant.untilState(sensorOf(BEN, 'latency'), ({ state }) => Number(state) === 0);
      assert.equal((await homeAssistant.state(sensorOf(BEN, 'total_sleep_duration')))?.state, before);
    });

    it('stay when their node is switched off, and go with all they left when it is removed', async () => {
      const { homeAssistant, nodeRed } = home();
      const flow = twoPersons(home());
      const before = new Map([...(await shown())].filter(([id]) => id.includes('.oura_anna_')));
      await nodeRed.deploy(flow.map((node) => (node.id === 'entities-anna' ? { ...node, d: true } : node)));
      await untilShown(before);
      await nodeRed.deploy(flow.filter(({ id }) => id !== 'entities-anna'));
      await homeAssistant.until('all of Anna to go', async () => (await registered(ANNA)).length === 0);
      assert.ok((await registered(BEN)).length >= 100);
      await nodeRed.deploy(flow.filter(({ id }) => !id.startsWith('entities-')));
      await homeAssistant.until('all of Ben to go', async () => (await registered(BEN)).length === 0);
      await homeAssistant.until('all topics to go', async () => (await ourTopics()).length === 0); // after Home Assistant has let go
      assert.deepEqual(
        (await homeAssistant.devices()).filter(({ name }) => name?.startsWith('Oura ') === true),
        [],
      );
    });

    it('have made Home Assistant complain about nothing', () => {
      assert.deepEqual(home().homeAssistant.complaints(complained), []);
    });

    it('go at once when the broker and everything else is deleted with them', async () => {
      const { homeAssistant, nodeRed } = home();
      await nodeRed.deploy(twoPersons(home()));
      for (const person of [ANNA, BEN]) await homeAssistant.untilState(sensorOf(person, 'sleep_score'), isKnown, MOST_PATIENT_MS);
      await homeAssistant.until(
        'the controls',
        async () => (await homeAssistant.state(entityIdOf(BEN, 'switch', 'notifications')))?.state === 'on',
      );
      await nodeRed.deploy([]);
      await homeAssistant.until('all to go', async () => (await registered(ANNA)).length + (await registered(BEN)).length === 0);
      await homeAssistant.until('all topics to go', async () => (await ourTopics()).length === 0);
    });
  });
}
