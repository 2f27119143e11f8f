import type { OuraClient } from '../../../lib/api/oura-client';
import { StaticAccessTokens } from '../../../lib/auth/static-access-tokens';
import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import type { Change } from '../../../lib/ports/change-log';
import { createMemoryStore } from '../../../lib/store/memory-store';
import { FamilyBook } from '../../../lib/sync/family-book';
import type { FamilyState, Fetch } from '../../../lib/sync/plan';
import { runFetch, type FetchOutcome } from '../../../lib/sync/run-fetch';
import { StoreKeeper } from '../../../lib/sync/store-keeper';
import { makeClient, SIGNAL, type Made } from '../../api/make-client';
import { HandPerson, type HandDocument } from '../../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../../simulator/server/support/test-cloud';
import { MemoryLogger } from '../../store/support/memory-logger';

export const NOW = '2026-03-15T09:00:00Z';

/** A local copy, a client over HTTP, and a stand-in of the cloud: fetches run one by one, without an engine. */
export class CompareRig {
  readonly cloud: TestCloud;
  readonly keeper = new StoreKeeper({
    opened: { store: createMemoryStore(), notice: null },
    toMemory: () => {
      throw new Error('memory does not refuse');
    },
    logger: new MemoryLogger(),
  });
  readonly #made: Made;
  /** What the engine would remember of every family. */
  family: FamilyState = { ...FamilyBook.fresh(true), reached: '2026-01-01' };
  keepFrom = '0000-01-01';

  private constructor(cloud: TestCloud, made: Made) {
    this.cloud = cloud;
    this.#made = made;
  }

  static async start(documents: readonly HandDocument[]): Promise<CompareRig> {
    const cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], NOW);
    return new CompareRig(cloud, makeClient(cloud.server.url, { tokens: new StaticAccessTokens(TOKEN) }));
  }

  get client(): OuraClient {
    return this.#made.client;
  }

  /** Runs a fetch as the engine does, and carries on the family's newest day and row. Waits of the client are skipped. */
  async run(fetch: Fetch, client = this.client, signal = SIGNAL): Promise<FetchOutcome> {
    const ports = { client, keeper: this.keeper, clock: this.cloud.server.clock, zone: 'UTC', keepFrom: this.keepFrom };
    const outcome = await this.#made.clock.drive(runFetch(fetch, this.family, ports, signal));
    this.family = { ...this.family, newestDay: outcome.newestDay, newestAt: outcome.newestAt };
    return outcome;
  }

  load(endpoint: EndpointKey, from = '2026-01-01', to = '2026-03-16'): Promise<FetchOutcome> {
    return this.run({ kind: 'history', endpoint, from, to });
  }

  reconcile(endpoint: EndpointKey, from = '2026-03-01', to = '2026-03-16', whole = false): Promise<FetchOutcome> {
    return this.run({ kind: 'reconcile', endpoint, from, to, whole });
  }

  /** Ids of what is stored, oldest first. */
  ids(endpoint: EndpointKey): readonly string[] {
    return this.keeper.current.documents.range(endpoint, null, null).map(({ id }) => id);
  }

  /** Times of the stored rows. */
  times(endpoint: EndpointKey): readonly string[] {
    return this.keeper.current.series.range(endpoint, 0, Infinity).map(({ time }) => new Date(time).toISOString());
  }

  changes(): readonly Change[] {
    return this.keeper.current.changes.read({ after: 0, limit: 1000, historic: false });
  }

  /** What was asked while something ran: `collection`, or the id of a document; of a series its stretch. */
  async asked(work: () => Promise<unknown>): Promise<readonly string[]> {
    const before = this.cloud.control.requests().length;
    await work();
    return this.cloud.control
      .requests()
      .slice(before)
      .map(({ path, query }) => {
        const { start_datetime: from, end_datetime: to } = query;
        return from === undefined ? (path.split('/')[4] ?? 'collection') : `${from.slice(5, 16)} ${(to ?? '').slice(5, 16)}`;
      });
  }

  async clear(): Promise<void> {
    this.#made.close();
    this.keeper.close();
    await this.cloud.close();
  }
}
