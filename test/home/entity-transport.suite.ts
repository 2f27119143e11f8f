import assert from 'node:assert/strict';
import type { EntityCommand, EntityEvent, PersonDevice } from '../../lib/home/entity';
import type { EntityTransport } from '../../lib/home/entity-transport';
import { OuraError } from '../../lib/errors/oura-error';
import { definitionOf, deviceOf, stateOf } from '../support/entity-samples';

/** An entity as it is there on the other side. */
export interface ShownEntity {
  /** Such as `sensor.oura_anna_sleep_score`. */
  readonly entityId: string;
  readonly name: string;
  /** As Home Assistant shows it: `82`, `on`, `unknown`. */
  readonly state: string;
  /** Those that were sent with the state. */
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** A way into Home Assistant, with eyes and hands on the other side. A new rig is a new world. */
export interface EntityTransportRig {
  /** Makes a transport for a node of the person (personId `0123456789ab`); all of a rig write the same ledger. The rig closes it. */
  transport(owner: string): EntityTransport;
  /** Nodes that have made anything, by the ledger. */
  owners(): readonly string[];
  /** What is there now, by key. */
  shown(): Promise<ReadonlyMap<string, ShownEntity>>;
  /** Events that were told so far. */
  events(): readonly EntityEvent[];
  /** Messages about entities that reached the other side so far; those that keep the connection are not counted. */
  sent(): number;
  /** A person uses a control of the device `anna`. */
  command(key: string, value: EntityCommand['value']): Promise<void>;
  /** The other side goes away. Resolves when the transports know. */
  takeAway(): Promise<void>;
  /** It is there again, with what it had. Transports find out by themselves. */
  bringBack(): Promise<void>;
  close(): Promise<void>;
}

const PATIENCE_MS = 20_000;
const device: PersonDevice = deviceOf();
const score = definitionOf('sleep_score', { unit: 'points', stateClass: 'measurement', precision: 0 });
const steps = definitionOf('steps', { unit: 'steps', stateClass: 'measurement', precision: 0 });
const worn = definitionOf('worn', { component: 'binary_sensor' });
const mode = definitionOf('automation_mode', { component: 'select', options: ['off', 'ask'], hasAvailability: true });
const alert = definitionOf('alerts', { component: 'switch', hasAvailability: true });
const limit = definitionOf('alert_sleep_score', {
  component: 'number',
  range: { min: 0, max: 100, step: 1 },
  hasAvailability: true,
});
const refresh = definitionOf('refresh_data', { component: 'button', hasAvailability: true });
const patience = (): AbortSignal => AbortSignal.timeout(PATIENCE_MS);

/** What any way into Home Assistant has to do. @param make a rig of its own for each test */
export function describeEntityTransport(name: string, make: () => Promise<EntityTransportRig>): void {
  describe(`${name}, as a way into Home Assistant,`, () => {
    let rig: EntityTransportRig;
    beforeEach(async () => {
      rig = await make();
    });
    afterEach(() => rig.close());

    const entity = async (key: string): Promise<ShownEntity | undefined> => (await rig.shown()).get(key);
    const keys = async (): Promise<readonly string[]> => [...(await rig.shown()).keys()].toSorted();
    const until = async (what: string, probe: () => Promise<boolean> | boolean): Promise<void> => {
      const end = performance.now() + PATIENCE_MS;
      while (!(await probe())) {
        assert.ok(performance.now() < end, `waited in vain for ${what}; there is ${JSON.stringify([...(await rig.shown())])}`);
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const shows = (key: string, state: string): Promise<void> => until(`${key} ${state}`, async () => (await entity(key))?.state === state);

    it('shows what is declared with its states and their attributes', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score, steps, worn]);
      transport.show([stateOf('sleep_score', 82, { attributes: { day: '2026-03-01' } }), stateOf('steps', null), stateOf('worn', true)]);
      await transport.settled(patience());
      assert.ok(transport.isSettled);
      assert.deepEqual(await keys(), ['sleep_score', 'steps', 'worn']);
      assert.deepEqual(await entity('sleep_score'), {
        entityId: 'sensor.oura_anna_sleep_score',
        name: 'sleep score',
        state: '82',
        attributes: { day: '2026-03-01' },
      });
      assert.deepEqual([(await entity('steps'))?.state, (await entity('worn'))?.state], ['unknown', 'on']);
    });

    it('shows a zero as zero and no as off', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [steps, worn]);
      transport.show([stateOf('steps', 0), stateOf('worn', false)]);
      await transport.settled(patience());
      assert.deepEqual([(await entity('steps'))?.state, (await entity('worn'))?.state], ['0', 'off']);
    });

    it('replaces a state with all of its attributes, and leaves others alone', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score, steps]);
      transport.show([stateOf('sleep_score', 82, { attributes: { day: '2026-03-01', reason: 'late' } }), stateOf('steps', 5000)]);
      await transport.settled(patience());
      transport.show([stateOf('sleep_score', 79, { attributes: { day: '2026-03-02' } })]);
      await transport.settled(patience());
      const { state, attributes } = (await entity('sleep_score')) ?? {};
      assert.deepEqual([state, attributes], ['79', { day: '2026-03-02' }]);
      assert.equal((await entity('steps'))?.state, '5000');
    });

    it('sends nothing that is there already', async () => {
      const transport = rig.transport('node');
      const states = [stateOf('sleep_score', 82, { attributes: { day: '2026-03-01' } }), stateOf('steps', null)];
      transport.declare(device, [score, steps]);
      transport.show(states);
      await transport.settled(patience());
      const before = rig.sent();
      transport.declare({ ...device }, [{ ...score }, { ...steps }]);
      transport.show(states.map((state) => ({ ...state })));
      await transport.settled(patience());
      assert.equal(rig.sent(), before);
    });

    it('brings a name up to date', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score]);
      transport.show([stateOf('sleep_score', 82)]);
      await transport.settled(patience());
      transport.declare(device, [{ ...score, name: 'Schlafwert' }]);
      await transport.settled(patience());
      const { name: shownName, state, entityId } = (await entity('sleep_score')) ?? {};
      assert.deepEqual([shownName, state, entityId], ['Schlafwert', '82', 'sensor.oura_anna_sleep_score']);
    });

    it('takes away what is not declared any more', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score, steps]);
      transport.show([stateOf('sleep_score', 82), stateOf('steps', 1)]);
      await transport.settled(patience());
      transport.declare(device, [score]);
      await transport.settled(patience());
      assert.deepEqual(await keys(), ['sleep_score']);
    });

    it('takes away after a restart what was dropped meanwhile', async () => {
      const first = rig.transport('node');
      first.declare(device, [score, steps]);
      await first.settled(patience());
      await first.close();
      const second = rig.transport('node');
      second.declare(device, [score]);
      second.show([stateOf('sleep_score', 82)]);
      await second.settled(patience());
      assert.deepEqual(await keys(), ['sleep_score']);
    });

    it('gives a renamed person new entity ids, and leaves nothing under the old ones', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score]);
      transport.show([stateOf('sleep_score', 82)]);
      await transport.settled(patience());
      transport.declare({ ...device, slug: 'annika', name: 'Oura Annika' }, [score]);
      transport.show([stateOf('sleep_score', 82)]);
      await transport.settled(patience());
      assert.deepEqual(await keys(), ['sleep_score']);
      const { entityId, state } = (await entity('sleep_score')) ?? {};
      assert.deepEqual([entityId, state], ['sensor.oura_annika_sleep_score', '82']);
    });

    it('changes the kind of an entity', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [{ ...worn, component: 'sensor' }]);
      await transport.settled(patience());
      transport.declare(device, [worn]);
      transport.show([stateOf('worn', true)]);
      await transport.settled(patience());
      assert.equal((await entity('worn'))?.entityId, 'binary_sensor.oura_anna_worn');
      assert.deepEqual(await keys(), ['worn']);
    });

    it('leaves to another node of the same person what that has made', async () => {
      const [one, other] = [rig.transport('one'), rig.transport('other')];
      one.declare(device, [score, steps]);
      other.declare(device, [steps, worn]);
      await one.settled(patience());
      await other.settled(patience());
      one.declare(device, [score]);
      await one.settled(patience());
      assert.deepEqual(await keys(), ['sleep_score', 'steps', 'worn']);
      await one.remove(patience());
      assert.deepEqual(await keys(), ['steps', 'worn']);
      assert.deepEqual(rig.owners(), ['other']);
      await other.remove(patience());
      assert.deepEqual(await keys(), []);
      assert.deepEqual(rig.owners(), []);
    });

    it('hears what people do with its controls, and shows it only when told', async () => {
      const transport = rig.transport('node');
      const heard: EntityCommand[] = [];
      const end = transport.onCommand((command) => heard.push(command));
      transport.declare(device, [mode, alert, limit, refresh]);
      transport.setAvailable(true);
      transport.show([stateOf('automation_mode', 'off'), stateOf('alerts', true), stateOf('alert_sleep_score', 60)]);
      await transport.settled(patience());
      const wanted = [
        { key: 'automation_mode', value: 'ask' },
        { key: 'alerts', value: false },
        { key: 'alert_sleep_score', value: 55 },
        { key: 'refresh_data', value: null },
      ];
      for (const { key, value } of wanted) await rig.command(key, value);
      await until('the commands', () => heard.length >= wanted.length);
      assert.deepEqual(heard, wanted);
      transport.show([stateOf('automation_mode', 'ask')]);
      await transport.settled(patience());
      assert.equal((await entity('automation_mode'))?.state, 'ask');
      end();
      await rig.command('alert_sleep_score', 56);
      const again: EntityCommand[] = [];
      transport.onCommand((command) => again.push(command));
      await rig.command('alert_sleep_score', 57);
      await until('the next command', () => again.some(({ value }) => value === 57));
      assert.equal(heard.length, wanted.length);
    });

    it('tells an event once', async function () {
      const transport = rig.transport('node');
      if (!transport.components.has('event')) return; // what this way cannot do is left out
      transport.declare(device, [definitionOf('night_arrived', { component: 'event', eventTypes: ['night'] })]);
      await transport.settled(patience());
      const event = { key: 'night_arrived', eventType: 'night', attributes: { score: 82 } };
      transport.fire(event);
      await transport.settled(patience());
      await until('the event', () => rig.events().length > 0);
      assert.deepEqual(rig.events(), [event]);
    });

    it('leaves out kinds that it cannot show, and events of them, without a word', async () => {
      const transport = rig.transport('node');
      const all = [score, definitionOf('night_arrived', { component: 'event', eventTypes: ['night'] })];
      transport.declare(device, all);
      transport.fire({ key: 'night_arrived', eventType: 'night', attributes: {} });
      transport.fire({ key: 'unheard_of', eventType: 'night', attributes: {} });
      transport.show([stateOf('unheard_of', 1)]);
      await transport.settled(patience());
      const possible = all.filter(({ component }) => transport.components.has(component)).map(({ key }) => key);
      assert.deepEqual(await keys(), possible.toSorted());
    });

    it('shows the newest states when the other side is there again', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score, steps]);
      transport.show([stateOf('sleep_score', 82), stateOf('steps', 1)]);
      await transport.settled(patience());
      await rig.takeAway();
      transport.show([stateOf('sleep_score', 70)]);
      transport.show([stateOf('sleep_score', 71), stateOf('worn', true)]);
      transport.declare(device, [score, worn]);
      transport.show([stateOf('worn', true)]);
      assert.ok(!transport.isSettled);
      await assert.rejects(transport.settled(patience()), OuraError);
      await rig.bringBack();
      await shows('sleep_score', '71');
      await shows('worn', 'on');
      await until('the dropped entity to go', async () => (await entity('steps')) === undefined);
      await until('it to be settled', () => transport.isSettled);
    });

    it('begins as soon as the other side is there', async () => {
      await rig.takeAway();
      const transport = rig.transport('node');
      transport.declare(device, [score]);
      transport.show([stateOf('sleep_score', 82)]);
      await rig.bringBack();
      await shows('sleep_score', '82');
    });

    it('takes everything away, also for a node that is gone', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score, mode]);
      transport.setAvailable(true);
      transport.show([stateOf('sleep_score', 82), stateOf('automation_mode', 'off')]);
      await transport.settled(patience());
      await transport.close();
      assert.deepEqual(await keys(), ['automation_mode', 'sleep_score']);
      await rig.transport('node').remove(patience());
      assert.deepEqual(await keys(), []);
      assert.deepEqual(rig.owners(), []);
    });

    it('says that it cannot take away while the other side is away, and does not forget', async () => {
      const transport = rig.transport('node');
      transport.declare(device, [score]);
      await transport.settled(patience());
      await rig.takeAway();
      await assert.rejects(transport.remove(patience()), OuraError);
      assert.deepEqual(rig.owners(), ['node']);
      await transport.close();
      await rig.bringBack();
      const again = rig.transport('node');
      again.declare(device, []);
      await until('the entity to go', async () => (await keys()).length === 0);
      await until('the ledger to forget', () => rig.owners().length === 0);
    });

    it('lets go without taking anything away', async () => {
      const transport = rig.transport('node');
      const heard: EntityCommand[] = [];
      transport.onCommand((command) => heard.push(command));
      transport.declare(device, [score, limit]);
      transport.setAvailable(true);
      transport.show([stateOf('sleep_score', 82), stateOf('alert_sleep_score', 60)]);
      await transport.settled(patience());
      await transport.close();
      await transport.close();
      assert.equal((await entity('sleep_score'))?.state, '82');
      const other = rig.transport('other');
      const later: EntityCommand[] = [];
      other.onCommand((command) => later.push(command));
      other.declare(device, [limit]);
      await other.settled(patience());
      await rig.command('alert_sleep_score', 61);
      await until('the other to hear', () => later.length > 0);
      assert.deepEqual(heard, []);
    });
  });
}
