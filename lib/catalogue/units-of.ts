import type { EndpointKey } from './endpoints';
import { METRIC_KEYS, metricOf } from './metrics';

const UNITS = unitTable();

/** Units of an endpoint's fields as Oura sends them, by path (`contributors.deep_sleep`); fields without a unit are not listed. */
export function unitsOf(endpoint: EndpointKey): Readonly<Record<string, string>> {
  return { ...UNITS.get(endpoint) };
}

/** A field's unit is the API unit of the first metric that is read from it alone. */
function unitTable(): ReadonlyMap<EndpointKey, Readonly<Record<string, string>>> {
  const table = new Map<EndpointKey, Record<string, string>>();
  for (const { endpoint, fields, quantity } of METRIC_KEYS.map(metricOf)) {
    const [field, ...more] = fields;
    if (field === undefined || more.length > 0 || quantity.apiUnit === null) continue;
    const units = table.get(endpoint) ?? {};
    units[field] ??= quantity.apiUnit;
    table.set(endpoint, units);
  }
  return table;
}
