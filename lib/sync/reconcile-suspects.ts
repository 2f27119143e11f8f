import { splitRange } from '../api/split-range';
import { nextTurn } from '../async/next-turn';
import type { Window } from '../catalogue/endpoint';
import { endpointOf } from '../catalogue/endpoints';
import type { StoredDocument } from '../ports/documents';
import { startInstant } from '../store/start-instant';
import type { FetchRun } from './fetch-run';
import { matchByOf } from './identify-documents';
import { judgedDays } from './judged-days';
import { addDays, later } from './local-day';
import type { RangedFetch } from './plan';

/**
 * Stored documents that should have been in an answer and were not, newest first: their day is one of those judged, what the API
 * compares with the window lies well inside it, and Oura can be asked for them by their id.
 */
export async function reconcileSuspects(run: FetchRun, fetch: RangedFetch): Promise<readonly StoredDocument[]> {
  const { endpoint } = fetch;
  const { window } = endpointOf(endpoint);
  const { from: first, to } = judgedDays(fetch);
  const from = later(first, run.ports.keepFrom);
  if (window.params !== 'date' || from > to) return [];
  const suspects: StoredDocument[] = [];
  for (const part of splitRange({ from, to }, window.chunkDays).toReversed()) {
    const stored = run.ports.keeper.current.documents.range(endpoint, part.from, part.to).toReversed();
    suspects.push(...stored.filter((document) => isSuspect(run, document) && isCovered(document, window, fetch)));
    await nextTurn();
  }
  return suspects;
}

function isSuspect({ fetch, ports, writer }: FetchRun, { id, provisional, day, start }: StoredDocument): boolean {
  const withoutId = matchByOf(fetch.endpoint) === 'day' ? `day:${day ?? ''}` : `start:${start ?? ''}`;
  if (provisional || writer.answered.has(id) || writer.answered.has(withoutId)) return false;
  return ports.client.asksFor(fetch.endpoint, id);
}

/**
 * Whether the API certainly looked at a document. A date of a window means 00:00, in local time or in UTC; so a start counts that lies
 * after the first and before the last day of the padded window, read either way.
 */
function isCovered({ start }: StoredDocument, { padBefore, padAfter }: Window, { from, to }: RangedFetch): boolean {
  const instant = startInstant(start);
  if (start === null || instant === null) return true; // found by its day, which is inside
  const days = [start.slice(0, 'YYYY-MM-DD'.length), new Date(instant).toISOString().slice(0, 'YYYY-MM-DD'.length)];
  return days.every((day) => day > addDays(from, -padBefore) && day < addDays(to, padAfter));
}
