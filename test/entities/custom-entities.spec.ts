import assert from 'node:assert/strict';
import { OuraError } from '../../lib/errors/oura-error';
import { HandPerson } from '../simulator/server/support/hand-person';
import { definitionOf } from '../support/entity-samples';
import { dailySleep } from '../support/days';
import { EntitiesRig } from './entities-rig';

const mood = {
  key: 'mood',
  name: 'Mood',
  value: 7,
  unit: 'points',
  state_class: 'measurement',
  icon: 'mdi:emoticon',
  attributes: { why: 'sun' },
};
const refused = (code: string, field?: string) => (error: unknown) =>
  error instanceof OuraError && error.code === code && (field === undefined || error.params['field'] === field);

describe('further entities of a flow', () => {
  let rig: EntitiesRig;
  beforeEach(async () => {
    rig = await EntitiesRig.of('2026-03-15T09:00:00Z', new HandPerson([dailySleep('2026-03-15', 72)], { zone: 'UTC' }));
  });
  afterEach(() => rig.clear());

  it('are made by a message, and updated by the next one', async () => {
    const { entities } = await rig.shown();
    entities.take(mood);
    const { component, name, unit, stateClass, icon } = rig.home.definition('mood') ?? assert.fail();
    assert.deepEqual([component, name, unit, stateClass, icon], ['sensor', 'Mood', 'points', 'measurement', 'mdi:emoticon']);
    assert.deepEqual([rig.home.state('mood'), rig.home.attributes('mood')], [7, { why: 'sun' }]);
    entities.take([
      { key: 'mood', value: 0 },
      { key: 'at_work', name: 'At work', component: 'binary_sensor', value: false },
    ]);
    assert.deepEqual([rig.home.state('mood'), rig.home.state('at_work')], [0, false]);
    assert.equal(rig.home.definition('mood')?.name, 'Mood');
  });

  it('survive a restart without a value, which Home Assistant keeps', async () => {
    const { entities } = await rig.shown();
    entities.take(mood);
    await entities.close({ remove: false });
    await rig.shown();
    assert.equal(rig.home.definition('mood')?.unit, 'points');
    assert.equal(rig.home.state('mood'), 7);
    const settings = JSON.stringify(rig.runtime.folder.all().map((person) => person.settings.load('further_entities')));
    assert.doesNotMatch(settings, /7|sun/);
  });

  it('go when a message says so', async () => {
    const { entities } = await rig.shown();
    entities.take(mood);
    entities.take({ key: 'mood', remove: true });
    assert.equal(rig.home.definition('mood'), undefined);
    assert.throws(
      () => {
        entities.take({ key: 'mood', value: 1 });
      },
      refused('field_missing', 'name'),
    );
  });

  it('may be told before the person is known', async () => {
    const served = rig.serve();
    served.entities.take(mood);
    await rig.until('the entity', () => rig.home.state('mood') === 7);
  });

  for (const key of ['sleep_score', 'in_bed', 'automation_mode', 'last_contact', 'night']) {
    it(`may not take the key ${key}, which belongs to this package`, async () => {
      const further = [definitionOf('night', { component: 'event', eventTypes: ['arrived'] })];
      const { entities } = await rig.shown({}, { further });
      assert.throws(() => {
        entities.take({ ...mood, key });
      }, refused('entity_reserved'));
    });
  }

  for (const [what, change, code, field] of [
    ['no key', { key: undefined }, 'field_missing', 'key'],
    ['a key with capitals', { key: 'Mood' }, 'field_invalid', 'key'],
    ['no value', { value: undefined }, 'field_missing', 'value'],
    ['a text with a unit', { value: 'much' }, 'field_invalid', 'value'],
    ['a number that is none', { value: Number.NaN }, 'field_invalid', 'value'],
    ['an object as value', { value: {} }, 'field_invalid', 'value'],
    ['a kind that is not offered', { component: 'light' }, 'field_invalid', 'component'],
    ['an enum without options', { device_class: 'enum', unit: null, state_class: null, value: 'a' }, 'field_missing', 'options'],
    ['a word outside the options', { device_class: 'enum', options: ['a'], value: 'b' }, 'field_invalid', 'value'],
    ['a time without offset', { device_class: 'timestamp', value: '2026-03-15T09:00:00' }, 'field_invalid', 'value'],
    ['a binary sensor with a unit', { component: 'binary_sensor', value: true }, 'field_invalid', 'unit'],
    ['an icon of another kind', { icon: 'fa:smile' }, 'field_invalid', 'icon'],
  ] as const) {
    it(`are refused with ${what}, and so is the whole list`, async () => {
      const { entities } = await rig.shown();
      assert.throws(
        () => {
          entities.take([
            { ...mood, key: 'good' },
            { ...mood, ...change },
          ]);
        },
        refused(code, field),
      );
      assert.equal(rig.home.definition('good'), undefined);
    });
  }

  it('are refused when the payload is nothing of the kind', async () => {
    const { entities } = await rig.shown();
    for (const payload of [undefined, null, 7, 'mood'])
      assert.throws(() => {
        entities.take(payload);
      }, refused('field_invalid'));
  });
});
