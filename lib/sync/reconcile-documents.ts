import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { StoredDocument } from '../ports/documents';
import { askDocument } from './ask-document';
import { deleteDocument } from './delete-document';
import type { FetchRun } from './fetch-run';
import { judgedDays } from './judged-days';
import type { RangedFetch } from './plan';
import { reconcileSuspects } from './reconcile-suspects';
import { SuspectBook } from './suspect-book';

/**
 * What became of a suspect: `deleted` Oura has it no longer · `moved` it belongs to another day now, outside those compared · `alive` it
 * should have been in the answer · `unknown` no answer. It was stored as received, or stays as it was.
 */
type Verdict = 'deleted' | 'moved' | 'alive' | 'unknown';

/** Concern one document or one moment; every other error concerns the account and ends the comparison. */
const PASSING: readonly string[] = [
  'unreachable',
  'timed_out',
  'server_failed',
  'body_not_json',
  'body_unexpected',
  'document_invalid',
  'request_refused',
];

/**
 * After a complete answer: asks for each stored document of its days that was not in it, the newest first, and deletes those that Oura
 * answers with 404. Absence alone deletes nothing. An answer without any document is not believed until one suspect is really gone.
 * @throws OuraError what concerns the account; the signal's reason
 */
export async function reconcileDocuments(run: FetchRun, fetch: RangedFetch, signal: AbortSignal): Promise<void> {
  const { keeper, clock } = run.ports;
  const book = new SuspectBook(keeper, fetch.endpoint, clock.now());
  const suspects = await reconcileSuspects(run, fetch);
  const doubtful = run.writer.answered.size === 0 && suspects.length > 1;
  const rested = suspects.filter(({ id }) => !book.rests(id));
  const inTurn = fetch.whole === true ? [...rested, ...suspects.filter(({ id }) => book.rests(id))] : rested;
  let failures = 0;
  for (const [index, suspect] of inTurn.slice(0, LIMITS.reconcileSuspectsMax).entries()) {
    const verdict = await judge(run, fetch, suspect, signal);
    if (verdict === 'alive') book.noteAlive(suspect.id);
    if (verdict === 'unknown') failures += 1;
    if (failures >= LIMITS.reconcileFailuresMax || (doubtful && index === 0 && (verdict === 'alive' || verdict === 'unknown'))) break;
  }
  if (run.tally.deleted > 0) run.tally.newestDay = keeper.current.documents.newest(fetch.endpoint)?.day ?? null;
}

async function judge(
  { ports, writer, tally }: FetchRun,
  fetch: RangedFetch,
  { id, day }: StoredDocument,
  signal: AbortSignal,
): Promise<Verdict> {
  const { client, keeper } = ports;
  const { endpoint } = fetch;
  const { from, to } = judgedDays(fetch);
  try {
    const { body, absent } = await askDocument(client, endpoint, id, signal);
    if (absent === 'missing' && deleteDocument(keeper, endpoint, id, writer.contextOf(day)) !== null) tally.deleted += 1;
    if (absent === 'missing') return 'deleted';
    if (body?.['id'] !== id) return 'unknown';
    await writer.write([body], signal);
    const now = keeper.current.documents.find(endpoint, id)?.day ?? null;
    return now !== null && now >= from && now <= to ? 'alive' : 'moved';
  } catch (error) {
    if (signal.aborted || !(error instanceof OuraError) || !PASSING.includes(error.code)) throw error;
    return 'unknown';
  }
}
