import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { endpointOf, type EndpointKey } from '../../../lib/catalogue/endpoints';
import { DAY, DOCUMENT_ENDPOINTS, personOf } from './support';

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

interface Specification {
  readonly components: { readonly schemas: Readonly<Record<string, { readonly properties?: Readonly<Record<string, unknown>> }>> };
}

const file = join(__dirname, '..', '..', 'fixtures', 'openapi-1.39.json');
const specification = JSON.parse(readFileSync(file, 'utf8')) as Specification; // a fixture of known shape
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
ajv.addSchema(specification, 'oura');

function validator(endpoint: EndpointKey): ValidateFunction {
  return ajv.compile({ $ref: `oura#/components/schemas/${SCHEMAS[endpoint]}` });
}

/** Zones with DST north and south, by half an hour, and none; the range holds a leap day. */
const PEOPLE = [
  { seed: 'demo', zone: 'Europe/Helsinki' },
  { seed: 'schema-2', zone: 'America/Los_Angeles' },
  { seed: 'schema-3', zone: 'Australia/Lord_Howe' },
  { seed: 'schema-4', zone: 'Asia/Kolkata' },
] as const;
const FROM = Date.parse('2023-05-30T00:00:00Z');
const TO = FROM + 420 * DAY;

describe('simulated documents and the OpenAPI specification 1.39', () => {
  for (const { seed, zone } of PEOPLE) {
    for (const endpoint of DOCUMENT_ENDPOINTS) {
      it(`${endpoint} of ${seed} in ${zone} fits, with every field known and nothing our own schema would set aside`, () => {
        const patient = personOf(seed, { zone });
        const valid = validator(endpoint);
        const fields = Object.keys(specification.components.schemas[SCHEMAS[endpoint]]?.properties ?? {});
        // each day once; series only every seventh day, to keep the run short
        const step = endpoint === 'heartrate' || endpoint === 'ring_battery_level' ? 7 : 1;
        let count = 0;
        for (let from = FROM; from < TO; from += step * DAY) {
          for (const { body } of patient.documents(endpoint, from, from + DAY - 1, TO)) {
            assert.ok(valid(body), `${JSON.stringify(valid.errors)} ${JSON.stringify(body).slice(0, 400)}`);
            assert.deepEqual(
              Object.keys(body).filter((key) => !fields.includes(key)),
              [],
            );
            assert.ok(endpointOf(endpoint).schema.safeParse(body).success);
            count += 1;
          }
          if (endpoint === 'ring_configuration') break;
        }
        assert.ok(count > 0);
      });
    }
  }

  it('fits while a day is under way, at any hour', () => {
    const patient = personOf('demo');
    const valid = validator('daily_activity');
    for (let now = Date.parse('2024-02-28T01:00:00Z'); now < Date.parse('2024-03-02T00:00:00Z'); now += 37 * 60_000) {
      for (const { body } of patient.documents('daily_activity', now - 2 * DAY, now, now))
        assert.ok(valid(body), JSON.stringify(valid.errors));
    }
  });

  it('gives personal_info all its fields', () => {
    const { personalInfo } = personOf('demo');
    assert.ok(validator('personal_info')(personalInfo));
    assert.deepEqual(Object.keys(personalInfo).toSorted(), ['age', 'biological_sex', 'email', 'height', 'id', 'weight']);
    assert.match(String(personalInfo['id']), /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});
