import { nextTurn } from '../async/next-turn';
import { endpointOf, isEndpointKey, type EndpointKey } from '../catalogue/endpoints';
import type { Change, ChangeLog } from '../ports/change-log';

/** A day that a change was about, and the change's place in the log. */
export interface ChangedDay {
  readonly seq: number;
  readonly day: string;
}

const PAGE = 50;

/**
 * The days of each family that changes after `after` were about; a document that moved to another day counts on both. Series and documents
 * without a day are left out.
 * @throws the signal's reason
 */
export async function changedDays(
  changes: Pick<ChangeLog, 'read'>,
  after: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<EndpointKey, readonly ChangedDay[]>> {
  const found = new Map<EndpointKey, ChangedDay[]>();
  for (let from = after; ;) {
    const page = changes.read({ after: from, limit: PAGE });
    for (const change of page) {
      if (!isEndpointKey(change.endpoint)) continue;
      const days = daysOf(change.endpoint, change).map((day) => ({ seq: change.seq, day }));
      found.set(change.endpoint, [...(found.get(change.endpoint) ?? []), ...days]);
    }
    from = page.at(-1)?.seq ?? from;
    if (page.length < PAGE) return found;
    await nextTurn();
    signal.throwIfAborted();
  }
}

function daysOf(endpoint: EndpointKey, { day, previous }: Change): readonly string[] {
  const { day: field } = endpointOf(endpoint);
  const before = field === null ? undefined : previous?.[field];
  return [...new Set([day, typeof before === 'string' ? before : null])].filter((one) => one !== null);
}
