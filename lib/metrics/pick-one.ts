import type { EndpointKey } from '../catalogue/endpoints';
import type { Body, PickOne } from '../catalogue/metric';
import { textAt } from '../catalogue/readers/text-at';
import type { StoredDocument } from '../ports/documents';
import { addDays, localDay } from '../sync/local-day';
import { latestSleep } from './latest-sleep';
import type { MetricInputs } from './metric-value';
import { newestNight } from './newest-night';
import { newestOnOrBefore } from './newest-on-or-before';
import { newestRing } from './newest-ring';

/** The document a metric is read from, with its place in time. `body` null: there is none (with `day`: a night that was rejected). */
export interface PickedOne {
  readonly body: Body | null;
  readonly day: string | null;
  readonly at: string | null;
  readonly firstSeen: number | null;
}

/** How far back `newest_known` looks. */
const KNOWN_DAYS = 7;

const NOTHING: PickedOne = { body: null, day: null, at: null, firstSeen: null };

/**
 * Finds the one document that carries a metric; by day, never by position.
 * @param isKnown whether a document has the value (asked by `newest_known` only)
 */
export function pickOne(pick: PickOne, endpoint: EndpointKey, inputs: MetricInputs, isKnown: (body: Body) => boolean): PickedOne {
  const { documents, series, today, zone } = inputs;
  switch (pick) {
    case 'day':
      return placed(newestOnOrBefore(documents, endpoint, today));
    case 'newest':
      return withStart(newestOnOrBefore(documents, endpoint, today));
    case 'newest_known': {
      const known = documents.range(endpoint, addDays(today, -KNOWN_DAYS), today).findLast(({ body }) => isKnown(body));
      return placed(known ?? newestOnOrBefore(documents, endpoint, today));
    }
    case 'main_sleep': {
      const night = newestNight(documents, today);
      return { ...placed(night?.main ?? null), day: night?.day ?? null };
    }
    case 'latest_sleep':
      return withStart(latestSleep(documents));
    case 'ring':
      return { ...placed(newestRing(documents)), day: null };
    case 'person':
      return placed(documents.newest(endpoint));
    case 'row': {
      const row = series.newest(endpoint);
      return row === null ? NOTHING : { body: row.body, day: localDay(row.time, zone), at: textAt(row.body, 'timestamp'), firstSeen: null };
    }
  }
}

function placed(document: StoredDocument | null): PickedOne {
  return document === null ? NOTHING : { body: document.body, day: document.day, at: null, firstSeen: document.seenAt };
}

function withStart(document: StoredDocument | null): PickedOne {
  return { ...placed(document), at: document?.start ?? null };
}
