import type { MetricKey } from '../catalogue/metrics';
import { metricNow } from './metric-now';
import type { MetricInputs, MetricValue } from './metric-value';

/** Several metrics at one moment; what they share is read from the store once. */
export function metricsNow(keys: readonly MetricKey[], inputs: MetricInputs): readonly MetricValue[] {
  const { documents, series, freshness } = inputs;
  const shared: MetricInputs = {
    ...inputs,
    documents: {
      newest: remembered((endpoint: string) => documents.newest(endpoint)),
      range: remembered((endpoint: string, from: string | null, to: string | null) => documents.range(endpoint, from, to)),
    },
    series: {
      newest: remembered((endpoint: string) => series.newest(endpoint)),
      range: (endpoint, from, to) => series.range(endpoint, from, to),
    },
    freshness: remembered(freshness),
  };
  return keys.map((key) => metricNow(key, shared));
}

function remembered<A extends readonly (string | null)[], V>(read: (...from: A) => V): (...from: A) => V {
  const known = new Map<string, { readonly value: V }>();
  return (...from) => {
    const name = JSON.stringify(from);
    const found = known.get(name) ?? { value: read(...from) };
    known.set(name, found);
    return found.value;
  };
}
