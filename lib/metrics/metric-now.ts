import type { Body, Metric } from '../catalogue/metric';
import { metricOf, type MetricKey } from '../catalogue/metrics';
import { shownValue } from '../catalogue/shown-value';
import { startOfDay } from '../sync/local-day';
import { completeInstant } from './complete-instant';
import type { MetricInputs, MetricValue } from './metric-value';
import { pickMany } from './pick-many';
import { pickOne } from './pick-one';
import { reasonNow } from './reason-now';

type Value = MetricValue['value'];

interface Read {
  readonly apiValue: Value;
  readonly hasDocument: boolean;
  readonly day: string | null;
  readonly at: string | null;
  readonly firstSeen: number | null;
  readonly attributes: MetricValue['attributes'];
}

/**
 * What a metric is now: its value with the day it belongs to, or why there is none. A value stays until its successor arrives: midnight,
 * an outage or a nap takes nothing away.
 */
export function metricNow(key: MetricKey, inputs: MetricInputs): MetricValue {
  const metric = metricOf(key);
  const { apiValue, hasDocument, day, at, firstSeen, attributes } = readOf(metric, inputs);
  const value = shownOf(metric, apiValue, inputs.zone);
  const reason = reasonNow(metric, { hasValue: value !== null, hasDocument, day }, inputs.freshness(metric.endpoint), inputs.today);
  const isTotal = metric.quantity.stateClass === 'total' && value !== null && day !== null;
  const lastReset = isTotal ? new Date(startOfDay(day, inputs.zone)).toISOString() : null;
  return { key, value, apiValue, day, at, firstSeen, lastReset, reason, attributes };
}

function readOf(metric: Metric, inputs: MetricInputs): Read {
  switch (metric.pick) {
    case 'sleep_day':
    case 'naps':
    case 'day_count':
    case 'day_sum':
    case 'begun': {
      const { bodies, day } = pickMany(metric.pick, metric.endpoint, inputs);
      const apiValue = bodies === null ? null : metric.read(bodies, inputs);
      return { apiValue, hasDocument: bodies !== null, day, at: null, firstSeen: null, attributes: itemsOf(metric, bodies ?? []) };
    }
    default: {
      const isKnown = (one: Body): boolean => metric.read(one, inputs) !== null;
      const { body, day, at, firstSeen } = pickOne(metric.pick, metric.endpoint, inputs, isKnown);
      const apiValue = body === null ? null : metric.read(body, inputs);
      return { apiValue, hasDocument: body !== null, day, at, firstSeen, attributes: body === null ? {} : fieldsOf(metric, body) };
    }
  }
}

function shownOf({ quantity }: Metric, apiValue: Value, zone: string): Value {
  if (quantity.kind === 'number' && typeof apiValue === 'number') return shownValue(apiValue, quantity);
  return quantity.kind === 'timestamp' && typeof apiValue === 'string' ? completeInstant(apiValue, zone) : apiValue;
}

function fieldsOf({ attributes }: Metric, body: Body): MetricValue['attributes'] {
  return Object.fromEntries(attributes.filter((field) => body[field] !== undefined).map((field) => [field, body[field]]));
}

function itemsOf(metric: Metric, bodies: readonly Body[]): MetricValue['attributes'] {
  if (metric.attributes.length === 0) return {};
  return metric.pick === 'begun' ? fieldsOf(metric, bodies.at(-1) ?? {}) : { items: bodies.map((body) => fieldsOf(metric, body)) };
}
