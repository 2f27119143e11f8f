import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { MetricKey } from '../../lib/catalogue/metrics';
import { familyFreshness, type FreshnessInputs } from '../../lib/metrics/family-freshness';
import { metricNow } from '../../lib/metrics/metric-now';
import type { MetricInputs, MetricValue } from '../../lib/metrics/metric-value';
import type { Body } from '../../lib/ports/documents';
import { MemoryStore } from '../../lib/store/memory/store';
import { identifyDocuments, matchByOf } from '../../lib/sync/identify-documents';
import { localDay } from '../../lib/sync/local-day';

export const ZONE = 'Europe/Helsinki';
export const SEEN_AT = Date.parse('2026-11-24T05:00:00Z');

/** A person's local copy in memory, read at a moment that a test chooses. */
export class LocalCopy {
  readonly #store = new MemoryStore(1);
  readonly #states = new Map<EndpointKey, Partial<FreshnessInputs>>();

  add(endpoint: EndpointKey, ...bodies: readonly Body[]): this {
    const context = { via: 'poll', historic: false, at: SEEN_AT } as const;
    this.#store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), context);
    return this;
  }

  addRows(endpoint: EndpointKey, ...bodies: readonly (Body & { readonly timestamp: string })[]): this {
    const rows = bodies.map((body) => ({ time: Date.parse(body.timestamp), body }));
    this.#store.series.append(endpoint, rows, { via: 'poll', historic: false, at: SEEN_AT });
    return this;
  }

  /** How the family is doing; without a word it was read a minute before the moment asked about. */
  state(endpoint: EndpointKey, state: Partial<FreshnessInputs>): this {
    this.#states.set(endpoint, state);
    return this;
  }

  /** @param at local or UTC date-time with offset */
  inputs(at: string): MetricInputs {
    const now = Date.parse(at);
    const today = localDay(now, ZONE);
    const { documents, series } = this.#store;
    const freshness: MetricInputs['freshness'] = (endpoint) => {
      const healthy = { enabled: true, blocked: null, lastSuccessAt: now - 60_000, lastErrorCode: null, failures: 0, nextAt: now + 60_000 };
      const newest = { newestDay: documents.newest(endpoint)?.day ?? null, newestAt: series.newest(endpoint)?.time ?? null };
      return familyFreshness(endpoint, { ...healthy, ...newest, today, zone: ZONE, ...this.#states.get(endpoint) });
    };
    return { documents, series, today, now, zone: ZONE, freshness };
  }

  at(moment: string, key: MetricKey): MetricValue {
    return metricNow(key, this.inputs(moment));
  }
}
