import assert from 'node:assert/strict';
import fc from 'fast-check';
import { LIMITS } from '../../../lib/catalogue/limits';
import type { CompanionTransport } from '../../../lib/home/companion/companion-transport';
import type { EntityDefinition, EntityState } from '../../../lib/home/entity';
import { definitionOf, deviceOf, stateOf } from '../../support/entity-samples';
import { CompanionRig } from './support/companion-rig';

/** Wishes and accidents. `settle` waits until what was wished is there. */
type Step =
  | {
      readonly kind: 'declare';
      readonly node: 0 | 1;
      readonly keys: readonly number[];
      readonly variant: 0 | 1;
      readonly slug: 'anna' | 'annika';
    }
  | { readonly kind: 'show'; readonly node: 0 | 1; readonly key: number; readonly value: number }
  | { readonly kind: 'command'; readonly key: number; readonly value: number }
  | { readonly kind: 'reload' | 'drop' | 'restart' | 'settle' };

/** What controls and entities that do not appear are given. */
const PAUSE_MS = Math.max(LIMITS.companionHealMs, LIMITS.companionMakesMs);
const KINDS = ['sensor', 'binary_sensor', 'switch', 'number', 'select', 'text'] as const;
const OPTIONS = ['0', '1', '2', '3'];

/** @param variant another name, unit or kind of the same key */
function definition(index: number, variant: 0 | 1): EntityDefinition {
  const component = KINDS[(index + (index === 0 ? variant : 0)) % KINDS.length] ?? 'sensor';
  return definitionOf(`key_${index}`, {
    component,
    name: `name ${variant}`,
    unit: component === 'number' || (component === 'sensor' && variant === 1) ? 'h' : null,
    options: component === 'select' ? OPTIONS : null,
    range: component === 'number' ? { min: 0, max: 3, step: 1 } : null,
    hasAvailability: component !== 'sensor' && component !== 'binary_sensor',
  });
}

function valueFor({ component }: EntityDefinition, value: number): EntityState['state'] {
  if (component === 'switch' || component === 'binary_sensor') return value % 2 === 1;
  return component === 'sensor' || component === 'number' ? value : String(value);
}

const node = fc.constantFrom(0 as const, 1 as const);
const key = fc.integer({ min: 0, max: KINDS.length - 1 });
const value = fc.integer({ min: 0, max: 3 });
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('declare' as const),
      node,
      keys: fc.uniqueArray(key),
      variant: node,
      slug: fc.constantFrom('anna' as const, 'annika' as const),
    }),
  },
  { weight: 5, arbitrary: fc.record({ kind: fc.constant('show' as const), node, key, value }) },
  { weight: 2, arbitrary: fc.record({ kind: fc.constant('command' as const), key, value }) },
  { weight: 4, arbitrary: fc.record({ kind: fc.constantFrom('reload' as const, 'drop' as const, 'restart' as const, 'settle' as const) }) },
);

/** What one node wants, kept apart from the transport. */
class Model {
  definitions: readonly EntityDefinition[] = [];
  readonly states = new Map<string, EntityState>();
}

class World {
  readonly rig: CompanionRig;
  readonly transports: readonly [CompanionTransport, CompanionTransport];
  readonly models = [new Model(), new Model()] as const;

  constructor(rig: CompanionRig) {
    this.rig = rig;
    this.transports = [rig.transport('one'), rig.transport('other')];
  }

  async take(one: Step): Promise<void> {
    switch (one.kind) {
      case 'declare':
        this.#declare(one.node, one.keys, one.variant, one.slug);
        break;
      case 'show':
        this.#show(one.node, one.key, one.value);
        break;
      case 'command':
        this.#command(one.key, one.value);
        break;
      case 'reload':
        this.rig.standIn.reload();
        break;
      case 'drop':
        this.rig.server.dropAll();
        await this.rig.reconnected();
        break;
      case 'restart':
        this.rig.standIn.restart();
        await this.rig.reconnected();
        this.rig.standIn.load();
        break;
      case 'settle':
        await this.settle();
    }
  }

  /** Until all that Home Assistant has told so far is worked on. */
  async settle(): Promise<void> {
    await this.rig.connection.call({ type: 'get_config' });
    const { clock } = this.rig;
    const done = Promise.all(this.transports.map((transport) => transport.settled(AbortSignal.timeout(20_000))));
    const isOver = done.then(() => true);
    while (!(await Promise.race([isOver, clock.asked(PAUSE_MS).then(() => false)]))) await clock.advance(PAUSE_MS);
  }

  /** Lets controls be offered again that the other node has hidden by letting go. */
  async heal(): Promise<void> {
    await this.settle();
    await this.rig.connection.call({ type: 'get_config' });
    await this.rig.clock.advance(PAUSE_MS);
    await this.settle();
  }

  /** Two nodes that want one key want it alike: a metric is what it is. */
  #declare(index: 0 | 1, keys: readonly number[], variant: 0 | 1, slug: string): void {
    const device = deviceOf({ slug, name: `Oura ${slug}` });
    for (const each of [index, (1 - index) as 0 | 1]) {
      const model = this.models[each];
      const wanted = each === index ? keys : model.definitions.map((one) => Number(one.key.slice(4)));
      model.definitions = wanted.map((one) => definition(one, variant));
      for (const gone of [...model.states.keys()]) if (!model.definitions.some((one) => one.key === gone)) model.states.delete(gone);
      this.transports[each].declare(device, model.definitions);
      this.#reshow(each);
    }
  }

  /** After a change of kind a value is what the new kind can take, as the caller's next states would be. */
  #reshow(each: 0 | 1): void {
    for (const [key, state] of [...this.models[each].states]) {
      this.models[each].states.delete(key);
      this.#show(each, Number(key.slice(4)), Number(state.attributes['value']));
    }
  }

  /** Both nodes show the same of one metric. */
  #show(_index: 0 | 1, key: number, value: number): void {
    for (const each of [0, 1] as const) {
      const wanted = this.models[each].definitions.find((one) => one.key === `key_${key}`);
      if (wanted === undefined) continue;
      const state = stateOf(wanted.key, valueFor(wanted, value), { attributes: { value } });
      this.models[each].states.set(wanted.key, state);
      this.transports[each].show([state]);
    }
  }

  /** Nobody takes it: the value has to stay what it is. */
  #command(key: number, value: number): void {
    const there = this.rig.standIn.registries.entries.find(({ entityId }) => entityId.endsWith(`_key_${key}`));
    const shown = there === undefined ? null : this.rig.standIn.states.get(there.entityId);
    if (there === undefined || shown?.attributes['restored'] !== undefined || !['number', 'select', 'switch'].includes(there.domain))
      return;
    if (shown !== null)
      this.rig.standIn.act(there.entityId, there.domain === 'number' ? value : there.domain === 'select' ? String(value) : value > 1);
  }

  /** What Home Assistant has to show, by key. */
  get expected(): ReadonlyMap<string, { readonly component: string; readonly state: string | null }> {
    const all = this.models.flatMap(({ definitions, states }) =>
      definitions.map(({ key, component }) => [key, { component, state: shownAs(states.get(key)?.state) }] as const),
    );
    return new Map(all.toSorted((a, b) => Number(a[1].state !== null) - Number(b[1].state !== null)));
  }
}

function shownAs(state: EntityState['state'] | undefined): string | null {
  if (state === undefined || state === null) return null;
  if (typeof state === 'boolean') return state ? 'on' : 'off';
  return String(state);
}

describe('entities over the companion, whatever happens,', () => {
  for (const version of ['2025.4.4', '2026.11.0'])
    it(`are what was declared, show what was shown, and nothing is in the log of Home Assistant ${version}`, async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 14 }), async (steps) => {
          const world = new World(await CompanionRig.start({ version }));
          try {
            for (const one of steps) await world.take(one);
            await world.heal();
            const shown = await world.rig.shown();
            const expected = world.expected;
            assert.deepEqual([...shown.keys()].toSorted(), [...expected.keys()].toSorted());
            for (const [key, { component, state }] of expected) {
              assert.equal(shown.get(key)?.entityId.split('.')[0], component);
              if (state !== null) assert.equal(shown.get(key)?.state, state, key);
              assert.notEqual(shown.get(key)?.state, 'unavailable', key);
            }
            assert.ok(world.rig.server.commands.every((command) => !('remove' in command)));
          } finally {
            await world.rig.close();
          }
        }),
        { numRuns: 60 },
      );
    });
});
