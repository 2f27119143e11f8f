import type { EndpointKey } from '../catalogue/endpoints';
import type { Body, PickMany } from '../catalogue/metric';
import { sleepKind } from '../catalogue/readers/sleep-kind';
import type { StoredDocument } from '../ports/documents';
import type { MetricInputs } from './metric-value';
import { newestNight } from './newest-night';

/** The documents a metric is made of and the day they are about. `bodies` null: it is not known whether there are any. */
export interface PickedMany {
  readonly bodies: readonly Body[] | null;
  readonly day: string | null;
}

/** Finds the documents that make up a metric. That there are none counts only when Oura was asked since. */
export function pickMany(pick: PickMany, endpoint: EndpointKey, inputs: MetricInputs): PickedMany {
  const { documents, today, freshness } = inputs;
  switch (pick) {
    case 'sleep_day': {
      const night = newestNight(documents, today);
      const hasMain = night !== null && night.main !== null;
      return { bodies: hasMain ? bodiesOf(night.sleeps) : null, day: night?.day ?? null };
    }
    case 'naps': {
      const naps = bodiesOf(documents.range(endpoint, today, today)).filter((body) => sleepKind(body) === 'nap');
      return knownSince(naps, freshness(endpoint).fetchedToday, today);
    }
    case 'day_count':
    case 'day_sum':
      return knownSince(bodiesOf(documents.range(endpoint, today, today)), freshness(endpoint).fetchedToday, today);
    case 'begun':
      return knownSince(bodiesOf(documents.range(endpoint, null, today)), freshness(endpoint).fetchedAt !== null, today);
  }
}

function knownSince(bodies: readonly Body[], isCovered: boolean, day: string): PickedMany {
  return bodies.length > 0 || isCovered ? { bodies, day } : { bodies: null, day: null };
}

function bodiesOf(documents: readonly StoredDocument[]): readonly Body[] {
  return documents.map(({ body }) => body);
}
