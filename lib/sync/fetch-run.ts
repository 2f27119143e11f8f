import type { Page } from '../api/page';
import { readAhead } from '../async/read-ahead';
import { endpointOf } from '../catalogue/endpoints';
import type { ChangeContext, Via } from '../ports/documents';
import { earlier } from './local-day';
import { PageWriter, type Tally } from './page-writer';
import type { FamilyState, Fetch } from './plan';
import type { FetchPorts } from './run-fetch';

export type Pages = AsyncIterable<Pick<Page, 'items' | 'setAside'>>;

const VIA: Readonly<Record<Fetch['kind'], Via>> = {
  first: 'backfill',
  history: 'backfill',
  recent: 'poll',
  reconcile: 'reconcile',
  document: 'webhook',
};
/** After every day: all of a comparison is history while nothing has been loaded. */
const ALL_DAYS = '9999-12-31';

/** One fetch under way: stores what comes and counts what was new. */
export class FetchRun {
  readonly fetch: Fetch;
  readonly family: FamilyState;
  readonly ports: FetchPorts;
  readonly tally: Tally;
  readonly writer: PageWriter;
  readonly #context: ChangeContext;

  constructor(fetch: Fetch, family: FamilyState, ports: FetchPorts) {
    const { newestDay, newestAt } = family;
    this.fetch = fetch;
    this.family = family;
    this.ports = ports;
    this.tally = { created: 0, updated: 0, deleted: 0, rows: 0, setAside: [], hints: [], changedDay: null, newestDay, newestAt };
    this.#context = contextOf(fetch, family, ports.clock.now());
    const historicBefore = fetch.kind === 'reconcile' ? (family.reached ?? ALL_DAYS) : null;
    this.writer = new PageWriter(fetch.endpoint, this.#context, { ...ports, from: firstDayOf(fetch, family), historicBefore }, this.tally);
  }

  /**
   * Stores page by page, each at once, in short transactions.
   * @returns whether every element could be read; false = some were set aside
   */
  async read(start: (signal: AbortSignal) => Pages, signal: AbortSignal): Promise<boolean> {
    const { endpoint } = this.fetch;
    let complete = true;
    const refused: string[] = [];
    for await (const page of readAhead(start, signal)) {
      for (const { reason, body } of page.setAside) {
        complete = false;
        const isNew = this.ports.keeper.write((store) => store.setAside.put({ endpoint, reason, body, at: this.#context.at }));
        if (isNew) refused.push(reason);
      }
      await this.writer.write(page.items, signal);
    }
    await this.writer.finish(signal);
    this.tally.setAside = [...this.tally.setAside, ...refused];
    return complete;
  }
}

function contextOf(fetch: Fetch, { reached }: FamilyState, at: number): ChangeContext {
  const before = fetch.kind === 'reconcile' && (reached === null || fetch.to < reached);
  return { via: VIA[fetch.kind], historic: fetch.kind === 'first' || fetch.kind === 'history' || before, at };
}

/** A window is padded: what comes along from before the days that are loaded or asked for is not new, and is left to the history. */
function firstDayOf(fetch: Fetch, { reached }: FamilyState): string | null {
  if (endpointOf(fetch.endpoint).window.params === 'none') return null;
  if (fetch.kind === 'recent') return reached;
  return fetch.kind === 'reconcile' ? earlier(fetch.from, reached ?? fetch.from) : null;
}
