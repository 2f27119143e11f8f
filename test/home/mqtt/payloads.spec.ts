import assert from 'node:assert/strict';
import { LIMITS } from '../../../lib/catalogue/limits';
import { attributesPayload } from '../../../lib/home/mqtt/attributes-payload';
import { eventPayload } from '../../../lib/home/mqtt/event-payload';
import { readCommand } from '../../../lib/home/mqtt/read-command';
import { statePayload } from '../../../lib/home/mqtt/state-payload';
import type { EntityDefinition, EntityState } from '../../../lib/home/entity';
import { definitionOf, stateOf } from '../../support/entity-samples';

describe('a state payload', () => {
  const payloadOf = (change: Partial<EntityDefinition>, state: EntityState['state'], lastReset: string | null = null): string =>
    statePayload(definitionOf('key', change), stateOf('key', state, { lastReset }));

  it('is the value', () => {
    assert.equal(payloadOf({ unit: 'points' }, 0), '0');
    assert.equal(payloadOf({ unit: '°C' }, -0.25), '-0.25');
    assert.equal(payloadOf({}, ''), '');
    assert.equal(payloadOf({ component: 'binary_sensor' }, true), 'ON');
    assert.equal(payloadOf({ component: 'switch' }, false), 'OFF');
    assert.equal(payloadOf({ deviceClass: 'timestamp' }, '2026-03-01T07:30:00+01:00'), '2026-03-01T07:30:00+01:00');
  });

  it('says unknown as Home Assistant reads it for that kind of entity', () => {
    assert.equal(payloadOf({ unit: 'points' }, null), 'None');
    assert.equal(payloadOf({ precision: 0 }, null), 'None');
    assert.equal(payloadOf({ component: 'binary_sensor' }, null), 'None');
    assert.equal(payloadOf({ component: 'select', options: ['a'] }, null), 'None');
    assert.equal(payloadOf({ deviceClass: 'enum', options: ['a'] }, null), 'None');
    assert.equal(payloadOf({}, null), 'unknown');
    assert.equal(payloadOf({ component: 'text' }, null), 'unknown');
    assert.equal(payloadOf({ deviceClass: 'timestamp' }, null), '');
  });

  it('carries the last reset of a daily total, also when the value is not known', () => {
    const start = '2026-03-01T00:00:00+01:00';
    const total = { stateClass: 'total', hasLastReset: true } as const;
    assert.deepEqual(JSON.parse(payloadOf(total, 5000, start)), { state: 5000, last_reset: start });
    assert.deepEqual(JSON.parse(payloadOf(total, null)), { state: null, last_reset: null });
  });

  it('is no longer than Home Assistant takes, counted in characters', () => {
    const long = payloadOf({}, '😴'.repeat(300));
    assert.equal(Array.from(long).length, 255);
    assert.ok(long.endsWith('😴…'));
    assert.equal(payloadOf({}, 'x'.repeat(255)), 'x'.repeat(255));
  });
});

describe('attributes', () => {
  it('leave Home Assistant its own names', () => {
    const payload = attributesPayload({ day: '2026-03-01', friendly_name: 'x', unit_of_measurement: 'x', options: [], reason: null });
    assert.deepEqual(JSON.parse(payload), { day: '2026-03-01', reason: null });
  });

  it('lose what is largest until the rest can be kept', () => {
    const attributes = { day: '2026-03-01', large: 'x'.repeat(9000), larger: 'ä'.repeat(5000), small: 'x'.repeat(3000) };
    const payload = attributesPayload(attributes);
    assert.deepEqual(Object.keys(JSON.parse(payload) as object), ['day', 'large', 'small']);
    assert.ok(Buffer.byteLength(payload) <= LIMITS.attributesMaxBytes);
  });
});

describe('an event payload', () => {
  it('has its type beside its attributes, whatever those are named', () => {
    const payload = eventPayload({ key: 'night_arrived', eventType: 'night', attributes: { score: 82, event_type: 'other' } });
    assert.deepEqual(JSON.parse(payload), { score: 82, event_type: 'night' });
  });
});

describe('a command', () => {
  const read = (change: Partial<EntityDefinition>, payload: string): unknown => readCommand(definitionOf('key', change), payload)?.value;

  it('is read as its control needs it', () => {
    assert.equal(read({ component: 'switch' }, 'ON'), true);
    assert.equal(read({ component: 'switch' }, 'OFF'), false);
    assert.equal(read({ component: 'number' }, '0'), 0);
    assert.equal(read({ component: 'number' }, '0.7'), 0.7);
    assert.equal(read({ component: 'button' }, 'PRESS'), null);
    assert.equal(read({ component: 'select' }, 'ask'), 'ask');
    assert.equal(read({ component: 'text' }, ''), '');
  });

  it('is none where it makes no sense', () => {
    const wrong = [
      ['switch', 'on'],
      ['number', ''],
      ['number', 'many'],
      ['number', 'Infinity'],
      ['button', ''],
      ['sensor', '1'],
    ] as const;
    for (const [component, payload] of wrong) assert.equal(read({ component }, payload), undefined, `${component} ${payload}`);
  });
});
