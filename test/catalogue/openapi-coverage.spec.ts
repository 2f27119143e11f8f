import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { ENDPOINT_KEYS, type EndpointKey } from '../../lib/catalogue/endpoints';
import { METRIC_KEYS, metricOf } from '../../lib/catalogue/metrics';

interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly enum?: readonly string[];
}

const openapi = JSON.parse(readFileSync(path.join(__dirname, '../fixtures/openapi-1.39.json'), 'utf8')) as {
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}; // Oura's own specification

/** What documents of each family are called in the specification. */
const SCHEMAS: Readonly<Record<EndpointKey, string>> = {
  personal_info: 'PersonalInfoResponse',
  daily_sleep: 'PublicDailySleep',
  sleep: 'PublicModifiedSleepModel',
  daily_readiness: 'PublicDailyReadiness',
  daily_activity: 'PublicDailyActivity',
  heartrate: 'PublicHeartRateRow',
  daily_spo2: 'PublicDailySpO2',
  daily_stress: 'PublicDailyStress',
  workout: 'PublicWorkout',
  session: 'PublicSession',
  tag: 'TagModel',
  vo2_max: 'PublicVO2Max',
  ring_configuration: 'PublicRingConfiguration',
  enhanced_tag: 'EnhancedTagModel',
  sleep_time: 'PublicSleepTime',
  rest_mode_period: 'PublicRestModePeriod',
  daily_resilience: 'DailyResilienceModel',
  daily_cardiovascular_age: 'PublicDailyCardiovascularAge',
  ring_battery_level: 'PublicRingBatteryLevelRow',
};

/** Fields that no metric reads, and why. `*` = everything below. */
const LEFT_OUT: Readonly<Record<string, string>> = {
  'personal_info.email': 'an address, not a measure',
  'sleep.readiness.*': 'the same as daily_readiness, by period',
  'sleep.period': 'index within the day',
  'sleep.movement_30_sec': 'raw trace; in messages',
  'sleep.app_sleep_phase_5_min': 'to be removed by Oura; sleep_phase_5_min has the stages',
  'sleep.ring_id': 'deprecated, null',
  'daily_activity.class_5_min': 'raw trace; in messages, and tells whether the ring was worn',
  'daily_activity.met.*': 'raw trace; in messages',
  'session.motion_count.*': 'raw trace; in messages',
  'heartrate.timestamp_unix': 'the timestamp again, often missing',
  'ring_battery_level.timestamp_unix': 'the timestamp again, often missing',
  'tag.text': 'deprecated: enhanced_tag has the same tags',
  'tag.tags': 'deprecated: enhanced_tag has the same tags',
};

/** Fields that place a document in time or identify it; they are no measures. */
const PLACE = ['id', 'day', 'timestamp', 'start_day'];

function resolved(schema: Schema): Schema {
  const part = schema.anyOf?.find(({ $ref }) => $ref !== undefined) ?? schema;
  return part.$ref === undefined ? part : (openapi.components.schemas[part.$ref.split('/').at(-1) ?? ''] ?? {});
}

/** Paths of all fields; objects by their members, but samples (`items` at an interval) as one. */
function pathsOf(schema: Schema, prefix = ''): readonly string[] {
  return Object.entries(schema.properties ?? {}).flatMap(([name, field]) => {
    const inner = resolved(field);
    const isSamples = inner.properties?.['items'] !== undefined;
    return inner.properties === undefined || isSamples ? [`${prefix}${name}`] : pathsOf(inner, `${prefix}${name}.`);
  });
}

function fieldsOf(endpoint: EndpointKey): readonly string[] {
  return pathsOf(openapi.components.schemas[SCHEMAS[endpoint]] ?? {});
}

function isLeftOut(endpoint: EndpointKey, field: string): boolean {
  const name = `${endpoint}.${field}`;
  return Object.keys(LEFT_OUT).some(
    (pattern) => pattern === name || (pattern.endsWith('.*') && `${name}.`.startsWith(pattern.slice(0, -1))),
  );
}

describe('metrics and the specification', () => {
  for (const endpoint of ENDPOINT_KEYS) {
    const rows = METRIC_KEYS.map(metricOf).filter((metric) => metric.endpoint === endpoint);
    const shown = rows.flatMap(({ fields, attributes }) => [...fields, ...attributes]);

    it(`shows every measured field of ${endpoint}, or says why not`, () => {
      const fields = fieldsOf(endpoint);
      assert.ok(fields.length > 1);
      const missing = fields.filter((field) => !PLACE.includes(field) && !isLeftOut(endpoint, field) && !isShown(field, shown));
      assert.deepEqual(missing, []);
    });

    it(`reads only fields of ${endpoint} that exist`, () => {
      const known = new Set(fieldsOf(endpoint).flatMap((field) => [field, field.split('.')[0] ?? field]));
      assert.deepEqual(
        shown.filter((field) => !known.has(field)),
        [],
      );
    });
  }

  it('leaves out nothing that a metric reads after all', () => {
    const shown = METRIC_KEYS.flatMap((key) => metricOf(key).fields.map((field) => [metricOf(key).endpoint, field] as const));
    assert.deepEqual(
      shown.filter(([endpoint, field]) => isLeftOut(endpoint, field)),
      [],
    );
  });

  it('names the members of every enumeration', () => {
    for (const key of METRIC_KEYS) {
      const { endpoint, fields, quantity, pick } = metricOf(key);
      if (quantity.kind !== 'enum') continue;
      const members = memberNames(endpoint, fields[0] ?? '');
      const expected = pick === 'latest_sleep' ? members.filter((member) => !['rest', 'deleted'].includes(member)) : members;
      assert.deepEqual([...quantity.options].toSorted(), [...expected].toSorted(), key);
    }
  });
});

function isShown(field: string, shown: readonly string[]): boolean {
  return shown.includes(field) || (!field.startsWith('contributors.') && shown.includes(field.split('.')[0] ?? field));
}

function memberNames(endpoint: EndpointKey, field: string): readonly string[] {
  const schema = openapi.components.schemas[SCHEMAS[endpoint]]?.properties?.[field];
  return schema === undefined ? [] : (resolved(schema).enum ?? []);
}
