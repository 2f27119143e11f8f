import { endpointOf, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { Change } from '../ports/change-log';
import type { Body } from '../ports/documents';
import type { PersonStore } from '../ports/person-store';
import { identifyDocuments } from '../sync/identify-documents';
import type { StoreKeeper } from '../sync/store-keeper';
import { documentPayload } from './document-payload';

/** One change as a source node tells it. */
export interface ReadChange {
  readonly change: Change;
  readonly payload: unknown;
  readonly previous: unknown;
}

export interface ReaderOptions {
  /** Durable name of the reader: the node's id. */
  readonly reader: string;
  readonly endpoint: EndpointKey;
  /** Also deliver first-load and backfilled changes. */
  readonly history: boolean;
}

const PAGE = 200;

/** Pulls one family's changes from the change log with a durable cursor: at least once, in order, never older than a day. */
export class ChangeReader {
  readonly #keeper: StoreKeeper;
  readonly #options: ReaderOptions;

  /** A reader never seen before begins at the log's end: it hears of what comes from now on. */
  constructor(keeper: StoreKeeper, options: ReaderOptions, now: number) {
    this.#keeper = keeper;
    this.#options = options;
    if (keeper.current.changes.cursor(options.reader) === null) this.#advance(keeper.current.changes.head(), now);
  }

  /** Delivers all that is new. A delivery that throws is repeated next time. */
  pull(now: number, deliver: (change: ReadChange) => void): void {
    const { reader, endpoint, history } = this.#options;
    for (;;) {
      const { changes } = this.#keeper.current;
      const after = changes.cursor(reader) ?? 0;
      const head = changes.head();
      const page = changes.read({ after, limit: PAGE, endpoint, ...(history ? {} : { historic: false }) });
      for (const group of this.#group(page)) {
        const fresh = group.filter(({ at }) => now - at <= LIMITS.changeMaxAgeMs);
        const read = fresh.length > 0 ? this.#toRead(fresh) : null;
        if (read !== null && !isEmptyList(read.payload)) deliver(read); // rows that have changed since are told with their later change
        this.#advance(group.at(-1)?.seq ?? after, now);
      }
      if (page.length < PAGE) {
        if (head > (changes.cursor(reader) ?? 0)) this.#advance(head, now);
        return;
      }
    }
  }

  #advance(seq: number, now: number): void {
    this.#keeper.write((store: PersonStore) => {
      store.changes.advance(this.#options.reader, seq, now);
    });
  }

  /** A document's change is told alone; what one sync brought of a series is told together. */
  #group(page: readonly Change[]): readonly (readonly Change[])[] {
    if (endpointOf(this.#options.endpoint).kind !== 'series') return page.map((change) => [change]);
    const groups: Change[][] = [];
    for (const change of page) {
      const last = groups.at(-1);
      const [first] = last ?? [];
      if (last !== undefined && first !== undefined && isOfOneSync(first, change)) last.push(change);
      else groups.push([change]);
    }
    return groups;
  }

  #toRead(changes: readonly Change[]): ReadChange {
    const change = changes.at(-1);
    if (change === undefined) throw new OuraError('unexpected', { reason: 'an empty group of changes' });
    if (endpointOf(this.#options.endpoint).kind === 'series') {
      const { series } = this.#keeper.current;
      const payload = changes.flatMap(({ seq }) => series.changedRows(seq)).map(({ body }) => structuredClone(body));
      return { change, payload, previous: undefined };
    }
    const previous = change.previous === null ? undefined : this.#payloadOf(change, change.previous);
    const payload = change.body === null ? { id: change.id, day: change.day } : this.#payloadOf(change, change.body);
    return { change, payload, previous };
  }

  #payloadOf(change: Change, body: Body): unknown {
    const [placed] = identifyDocuments(this.#options.endpoint, [body]);
    return placed === undefined ? structuredClone(body) : documentPayload({ ...placed, id: change.id ?? placed.id });
  }
}

/** What one sync writes carries the moment at which it began. */
function isOfOneSync(a: Change, b: Change): boolean {
  return a.at === b.at && a.via === b.via && a.historic === b.historic;
}

function isEmptyList(payload: unknown): boolean {
  return Array.isArray(payload) && payload.length === 0;
}
