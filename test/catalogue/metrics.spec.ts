import assert from 'node:assert/strict';
import fc from 'fast-check';
import { componentOf } from '../../lib/catalogue/component-of';
import { endpointOf, ENDPOINT_KEYS, isEndpointKey } from '../../lib/catalogue/endpoints';
import type { Body, Metric, PickOne } from '../../lib/catalogue/metric';
import { METRIC_GROUPS } from '../../lib/catalogue/metric-groups';
import { isMetricKey, METRIC_KEYS, METRIC_TABLES, metricOf, METRICS, type MetricKey } from '../../lib/catalogue/metrics';
import type { Quantity } from '../../lib/catalogue/quantity';
import { REASONS } from '../../lib/catalogue/reasons';
import { shownValue } from '../../lib/catalogue/shown-value';
import texts from '../../locales/en-US/metrics.json';
import frozen from './frozen-metrics.json';

const moment = { today: '2026-03-29', now: Date.parse('2026-03-29T09:00:00Z') };

/**
 * What Home Assistant 2024.1 to 2026.11 takes without a warning (developer documentation, sensor and binary sensor entities):
 * units and state classes of each device class we use.
 */
const ACCEPTED: Readonly<
  Record<string, { readonly units: readonly (string | null)[]; readonly stateClasses: readonly (string | null)[] }>
> = {
  duration: { units: ['d', 'h', 'min', 's', 'ms'], stateClasses: [null, 'measurement', 'total'] },
  distance: { units: ['km', 'm', 'cm', 'mm', 'mi', 'yd', 'in'], stateClasses: [null, 'measurement', 'total'] },
  weight: { units: ['kg', 'g', 'mg', 'µg', 'oz', 'lb', 'st'], stateClasses: [null, 'measurement'] },
  battery: { units: ['%'], stateClasses: [null, 'measurement'] },
  timestamp: { units: [null], stateClasses: [null] },
  enum: { units: [null], stateClasses: [null] },
};
const BINARY_CLASSES: readonly (string | null)[] = [null, 'battery', 'battery_charging', 'plug'];

/** Attributes Home Assistant strips, and those that every entity of ours has already. */
const RESERVED = [
  'state',
  'unit_of_measurement',
  'device_class',
  'state_class',
  'icon',
  'friendly_name',
  'entity_id',
  'day',
  'first_seen',
  'reason',
  'items',
];

/** Keys of plain fields that are not the field's name, and why. */
const RENAMED: Readonly<Record<string, string>> = {
  heart_rate: '`bpm` is a unit',
  heart_rate_source: '`source` is also a field of workouts',
  heart_rate_time: '`timestamp` is a field of many',
  ring_battery_level: '`level` is also a field of resilience',
  resilience_level: '`level` is also a field of the battery',
  ring_size: '`size` alone says nothing',
  ring_color: '`color` alone says nothing',
  ring_design: '`design` alone says nothing',
  sleep_time_recommendation: '`recommendation` alone says nothing',
  sleep_time_status: '`status` alone says nothing',
  optimal_bedtime_start: '`start_offset` is seconds, this is an instant',
  optimal_bedtime_end: '`end_offset` is seconds, this is an instant',
  nap_time_today: 'several documents',
  total_sleep_with_naps: 'several documents',
  naps_today: 'several documents',
  workouts_today: 'several documents',
  workout_calories_today: 'several documents',
  workout_distance_today: 'several documents',
  sessions_today: 'several documents',
  tags_today: 'several documents',
};
const SCORES: Readonly<Record<string, string>> = {
  daily_sleep: 'sleep',
  daily_readiness: 'readiness',
  daily_activity: 'activity',
  daily_resilience: 'resilience',
};

function each(check: (key: MetricKey, metric: Metric) => void): void {
  for (const key of METRIC_KEYS) check(key, metricOf(key));
}

describe('METRICS', () => {
  it('has every metric once, however the tables are put together', () => {
    const keys = METRIC_TABLES.flatMap((table) => Object.keys(table));
    assert.deepEqual(keys, [...METRIC_KEYS]);
    assert.equal(new Set(keys).size, keys.length);
    assert.ok(keys.length >= 100, String(keys.length));
  });

  it('has keys that Home Assistant takes as entity and statistic ids', () => {
    each((key) => {
      assert.match(key, /^[a-z0-9]+(_[a-z0-9]+)*$/, key);
    });
    assert.ok(isMetricKey('steps') && !isMetricKey('toString'));
  });

  it('is named after the API field, scores and contributors after their family', () => {
    each((key, { endpoint, fields }) => {
      const field = fields[0] ?? '';
      const family = SCORES[endpoint];
      if (fields.length !== 1 || Object.hasOwn(RENAMED, key) || key.startsWith('latest_')) return;
      if (field === 'score') assert.equal(key, `${String(family)}_score`);
      else if (field.startsWith('contributors.')) assert.equal(key, `${String(family)}_contributor_${field.slice(13)}`);
      else if (key in DERIVED_OF_ONE) assert.equal(field, DERIVED_OF_ONE[key]);
      else assert.equal(key, field.replace(/\.average$/, '').toLowerCase());
    });
  });

  it('reads families that exist, groups that exist, reasons that exist', () => {
    each((key, { endpoint, group, whenNull, fields, attributes }) => {
      assert.ok(isEndpointKey(endpoint), key);
      assert.ok(METRIC_GROUPS.includes(group), key);
      assert.ok(whenNull === undefined || REASONS.includes(whenNull), key);
      assert.ok(fields.length > 0, key);
      for (const attribute of attributes) assert.ok(!RESERVED.includes(attribute) && !attribute.includes('.'), `${key} ${attribute}`);
    });
    assert.deepEqual([...new Set(METRIC_KEYS.map((key) => metricOf(key).group))].toSorted(), [...METRIC_GROUPS].toSorted());
  });

  it('is picked in a way its family allows', () => {
    const allowed: Readonly<Record<string, readonly string[]>> = {
      daily: ['day', 'newest', 'newest_known'],
      period: ['newest', 'main_sleep', 'latest_sleep', 'sleep_day', 'naps', 'day_count', 'day_sum', 'begun'],
      series: ['row'],
      singleton: ['person'],
      list: ['ring'],
    };
    each((key, { endpoint, pick }) => {
      assert.ok(allowed[endpointOf(endpoint).kind]?.includes(pick), key);
      if (['main_sleep', 'latest_sleep', 'sleep_day', 'naps'].includes(pick)) assert.equal(endpoint, 'sleep', key);
    });
  });

  it('has an icon of the form Home Assistant knows', () => {
    each((key, { icon }) => {
      assert.match(icon, /^mdi:[a-z0-9]+(-[a-z0-9]+)*$/, key);
    });
  });

  it('pairs device class, unit and state class as Home Assistant accepts them', () => {
    each((key, { quantity }) => {
      if (componentOf(quantity) === 'binary_sensor') {
        assert.ok(BINARY_CLASSES.includes(quantity.deviceClass), key);
        assert.deepEqual([quantity.unit, quantity.stateClass], [null, null], key);
      } else if (quantity.deviceClass !== null) {
        const accepted = ACCEPTED[quantity.deviceClass];
        assert.ok(accepted?.units.includes(quantity.unit) && accepted.stateClasses.includes(quantity.stateClass), key);
      }
      if (quantity.kind === 'enum') assert.equal(new Set(quantity.options).size, quantity.options.length, key);
    });
  });

  it('cannot be written with a device class and a unit that do not belong together', () => {
    const wrong: readonly Quantity[] = [
      // @ts-expect-error a duration is not a percentage
      { kind: 'number', deviceClass: 'duration', apiUnit: 's', unit: '%', stateClass: 'measurement', precision: 0 },
      // @ts-expect-error a deviation is no temperature
      { kind: 'number', deviceClass: 'temperature', apiUnit: '°C', unit: '°C', stateClass: 'measurement', precision: 1 },
      // @ts-expect-error a battery level does not add up
      { kind: 'number', deviceClass: 'battery', apiUnit: '%', unit: '%', stateClass: 'total', precision: 0 },
      // @ts-expect-error an instant has no state class
      { kind: 'timestamp', deviceClass: 'timestamp', apiUnit: null, unit: null, stateClass: 'measurement', precision: null },
    ];
    assert.equal(wrong.length, 4);
  });

  it('shows 0 to 2 decimals, and converts only seconds to minutes', () => {
    each((key, { quantity }) => {
      if (quantity.kind !== 'number') return;
      assert.ok([0, 1, 2].includes(quantity.precision), key);
      const one = shownValue(600, quantity);
      if (quantity.unit === quantity.apiUnit) assert.equal(one, 600, key);
      else assert.deepEqual([quantity.apiUnit, quantity.unit, one], ['s', 'min', 10], key);
    });
    assert.equal(shownValue(3010, METRICS.latency.quantity), 50.17); // 50 min 10 s
    assert.equal(shownValue(0, METRICS.latency.quantity), 0);
    assert.equal(shownValue(1.90625, METRICS.average_met_minutes.quantity), 1.90625); // as the API sent it
  });

  it('starts the totals of a day anew each day, and nothing else', () => {
    each((key, { quantity, kindOfDay, endpoint }) => {
      if (quantity.stateClass !== 'total') return;
      assert.equal(kindOfDay, 'today', key);
      assert.ok(['daily_activity', 'daily_stress'].includes(endpoint) || key.endsWith('_today'), key);
    });
  });

  it('has a name in English that begins with its group, unlike any other, and no text without a metric', () => {
    const names: Readonly<Record<string, { readonly name: string }>> = texts.metric;
    const groups: Readonly<Record<string, { readonly name: string }>> = texts.group;
    assert.deepEqual(Object.keys(names), [...METRIC_KEYS]);
    assert.deepEqual(Object.keys(groups), [...METRIC_GROUPS]);
    assert.deepEqual(Object.keys(texts.endpoint), [...ENDPOINT_KEYS]);
    assert.deepEqual(Object.keys(texts.reason), [...REASONS]);
    each((key, { group }) => {
      assert.ok(names[key]?.name.startsWith(groups[group]?.name ?? '?'), key);
    });
    assert.equal(new Set(Object.values(names).map(({ name }) => name)).size, METRIC_KEYS.length);
  });

  it('keeps endpoint, unit, state class and device class of every key ever shipped', () => {
    const now = METRIC_KEYS.map((key) => {
      const { endpoint, quantity } = metricOf(key);
      return [key, { endpoint, unit: quantity.unit, stateClass: quantity.stateClass, deviceClass: quantity.deviceClass }] as const;
    });
    assert.deepEqual(Object.fromEntries(now), frozen);
  });

  it('reads nothing, not even an error, from an empty document', () => {
    each((key, metric) => {
      if (isOfOne(metric)) assert.equal(metric.read({}, moment), null, key);
      else assert.ok([null, 0, false].includes(metric.read([], moment) as null), key); // the list holds what `none` may be
    });
  });

  for (const key of METRIC_KEYS) {
    it(`reads ${key} from any garbage without failing`, () => {
      const metric = metricOf(key);
      fc.assert(
        fc.property(fc.array(garbage(metric), { minLength: 1, maxLength: 3 }), (bodies) => {
          const [first = {}] = bodies;
          const value = isOfOne(metric) ? metric.read(first, moment) : metric.read(bodies, moment);
          if (value === null) return;
          assert.equal(
            typeof value,
            { number: 'number', flag: 'boolean', timestamp: 'string', enum: 'string', text: 'string' }[metric.quantity.kind],
          );
          if (typeof value === 'number') assert.ok(Number.isFinite(value));
          if (metric.quantity.kind === 'timestamp') assert.ok(!Number.isNaN(Date.parse(String(value))));
        }),
        { numRuns: 30 },
      );
    });
  }
});

/** Metrics that are made of one field but are not that field. */
const DERIVED_OF_ONE: Readonly<Record<string, string>> = {
  highest_hrv: 'hrv',
  hrv_first_half: 'hrv',
  hrv_second_half: 'hrv',
  lowest_heart_rate_time: 'heart_rate',
};

function isOfOne(metric: Metric): metric is Extract<Metric, { readonly pick: PickOne }> {
  return !['sleep_day', 'naps', 'day_count', 'day_sum', 'begun'].includes(metric.pick);
}

/** Documents whose fields hold anything, half of the time something that looks almost right. */
function garbage({ fields }: Metric): fc.Arbitrary<Body> {
  const instant = fc.constantFrom(
    '2026-03-28T23:00:00+02:00',
    '2026-03-29T07:00:00Z',
    '2026-03-29T07:00:00',
    '2026-13-45T99:00:00Z',
    'now',
    '',
  );
  const leaf = fc.oneof(
    instant,
    fc.double(),
    fc.maxSafeInteger(),
    fc.stringMatching(/^[0-5]{0,40}$/),
    fc.boolean(),
    fc.constant(null),
    fc.anything(),
  );
  const samples = fc.record({ interval: leaf, items: fc.array(leaf), timestamp: leaf }, { requiredKeys: [] });
  const value = fc.oneof(leaf, samples, fc.dictionary(fc.constantFrom(...fields.map((field) => field.split('.').at(-1) ?? field)), leaf));
  return fc.dictionary(fc.constantFrom('day', ...fields.map((field) => field.split('.')[0] ?? field)), value);
}
