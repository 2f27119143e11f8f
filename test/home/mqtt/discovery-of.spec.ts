import assert from 'node:assert/strict';
import { COMPONENTS } from '../../../lib/home/entity';
import { discoveryOf } from '../../../lib/home/mqtt/discovery-of';
import { topicsOf } from '../../../lib/home/mqtt/topics';
import { catalogueEntities } from '../../support/catalogue-entities';
import { definitionOf, deviceOf } from '../../support/entity-samples';

const device = deviceOf();
const topics = topicsOf({ prefix: 'homeassistant', personId: device.personId, slug: device.slug });
const payloadOf = (...definition: Parameters<typeof definitionOf>): Readonly<Record<string, unknown>> =>
  discoveryOf(device, definitionOf(...definition), topics);

describe('a discovery payload', () => {
  it('says of a sensor what Home Assistant shall show, and nothing that is not known', () => {
    const payload = payloadOf('sleep_score', {
      name: 'Sleep score',
      unit: 'points',
      stateClass: 'measurement',
      precision: 0,
      icon: 'mdi:sleep',
    });
    assert.deepEqual(payload, {
      unique_id: 'oura_0123456789ab_sleep_score',
      object_id: 'oura_anna_sleep_score',
      default_entity_id: 'sensor.oura_anna_sleep_score',
      name: 'Sleep score',
      icon: 'mdi:sleep',
      state_topic: 'oura/anna/state/sleep_score',
      json_attributes_topic: 'oura/anna/attributes/sleep_score',
      unit_of_measurement: 'points',
      state_class: 'measurement',
      suggested_display_precision: 0,
      device: {
        identifiers: ['oura_0123456789ab'],
        name: 'Oura Anna',
        manufacturer: 'Oura',
        model: 'Ring 4',
        hw_version: 'gen4',
        sw_version: '2.9.0',
      },
      origin: { name: 'node-red-oura' },
    });
  });

  it('leaves out what is not known of the ring', () => {
    const bare = deviceOf({ model: null, hwVersion: null, swVersion: null });
    const { device: told } = discoveryOf(bare, definitionOf('sleep_score'), topics);
    assert.deepEqual(told, { identifiers: ['oura_0123456789ab'], name: 'Oura Anna', manufacturer: 'Oura' });
  });

  it('reads the last reset of a daily total from its state', () => {
    const payload = payloadOf('steps', { stateClass: 'total', unit: 'steps', hasLastReset: true });
    assert.equal(payload['value_template'], '{{ value_json.state }}');
    assert.equal(payload['last_reset_value_template'], "{{ value_json.last_reset or '' }}");
    assert.equal(payloadOf('score')['value_template'], undefined);
  });

  it('gives a control its command topic, and the availability of who acts on it', () => {
    const range = { min: 0, max: 3, step: 0.1 };
    const number = payloadOf('limit', { component: 'number', range, unit: '°C', category: 'config', hasAvailability: true });
    const { command_topic: command, availability_topic: availability, min, max, step, entity_category: category } = number;
    assert.deepEqual(
      [command, availability, min, max, step, category],
      ['oura/anna/set/limit', 'oura/anna/availability', 0, 3, 0.1, 'config'],
    );
    assert.equal(payloadOf('score')['availability_topic'], undefined);
    const button = payloadOf('refresh', { component: 'button' });
    assert.deepEqual([button['command_topic'], button['state_topic']], ['oura/anna/set/refresh', undefined]);
  });

  it('switches an entity off only where that is wanted', () => {
    assert.equal(payloadOf('rare', { enabledByDefault: false })['enabled_by_default'], false);
    assert.ok(!('enabled_by_default' in payloadOf('usual')));
  });

  it('is valid for every metric and every control of the catalogue', () => {
    const seen = new Set<unknown>();
    for (const { definition } of catalogueEntities()) {
      const { key, component, deviceClass, unit, options } = definition;
      const payload = discoveryOf(device, definition, topics);
      assert.match(topics.config(component, key), /^homeassistant\/[a-z_]+\/[a-zA-Z0-9_-]+\/[a-zA-Z0-9_-]+\/config$/, key);
      assert.match(String(payload['default_entity_id']), /^[a-z_]+\.[a-z0-9]+(?:_[a-z0-9]+)*$/, key);
      assert.ok(COMPONENTS.includes(component), key);
      assert.ok(!seen.has(payload['unique_id']), key);
      seen.add(payload['unique_id']);
      assert.ok(
        Object.values(payload).every((value) => value !== null && value !== undefined),
        key,
      );
      if (payload['last_reset_value_template'] !== undefined) assert.equal(payload['state_class'], 'total', key);
      if (component === 'sensor' && options !== null) assert.deepEqual([deviceClass, unit], ['enum', null], key);
      if (component === 'sensor') assert.notEqual(payload['entity_category'], 'config', key);
      if (component === 'select') assert.ok(options !== null && options.length > 0, key);
    }
    assert.ok(seen.size > 150);
  });
});
