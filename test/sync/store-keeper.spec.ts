import assert from 'node:assert/strict';
import { Application } from '../../lib/api/application';
import { nextTurn } from '../../lib/async/next-turn';
import { StaticAccessTokens } from '../../lib/auth/static-access-tokens';
import { OuraError } from '../../lib/errors/oura-error';
import type { IncomingDocument } from '../../lib/ports/documents';
import type { PersonStore } from '../../lib/ports/person-store';
import { ChangeReader } from '../../lib/sources/change-reader';
import { copyStore } from '../../lib/store/copy-store';
import { createMemoryStore } from '../../lib/store/memory-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { accountConfig } from '../../lib/sync/account-config';
import type { EngineEvent } from '../../lib/sync/engine-events';
import { PersonEngine } from '../../lib/sync/person-engine';
import { StoreKeeper } from '../../lib/sync/store-keeper';
import { makeClient, type Made } from '../api/make-client';
import { HandPerson } from '../simulator/server/support/hand-person';
import { TestCloud, TOKEN } from '../simulator/server/support/test-cloud';
import { temporaryFolder } from '../store/support/temporary-folder';
import { dailySleep, night } from '../support/days';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const CONTEXT = { via: 'poll', historic: false, at: NOW } as const;
const clock = { now: () => NOW, delay: () => Promise.resolve() };

const documentOf = (n: number): IncomingDocument => ({
  id: `d-${String(n)}`,
  provisional: false,
  day: '2026-03-15',
  start: null,
  end: null,
  body: { id: `d-${String(n)}`, text: String(n).repeat(3000) },
});

async function until(probe: () => boolean): Promise<void> {
  const end = performance.now() + 8000;
  while (!probe()) {
    assert.ok(performance.now() < end, 'waited in vain');
    await nextTurn();
  }
}

describe('a disk that becomes full', () => {
  const file = temporaryFolder();
  let log: string[];
  let keeper: StoreKeeper;
  let moves: OuraError[];

  const keep = (maxPages: number): void => {
    log = [];
    moves = [];
    const tell = (level: string) => (message: string) => {
      log.push(`${level} ${message}`);
    };
    const store = openSqliteStore(file('ann.sqlite'), { clock, maxPages });
    const toMemory = (failing: PersonStore): PersonStore => {
      const memory = createMemoryStore({ firstSeq: failing.changes.head() + 1 });
      copyStore(failing, memory);
      return memory;
    };
    const logger = { error: tell('error'), warn: tell('warn'), info: tell('info'), debug: tell('debug') };
    keeper = new StoreKeeper({ opened: { store, notice: null }, toMemory, logger });
    keeper.moved.add((error) => {
      moves.push(error);
    });
  };

  afterEach(() => {
    keeper.close();
  });

  /** Writes documents one by one until the store is in memory. @returns how many */
  const fill = (): number => {
    for (let n = 1; n < 500; n += 1) {
      const changes = keeper.write((store) => store.documents.upsert('sleep', 'start', [documentOf(n)], CONTEXT));
      assert.equal(changes.length, 1);
      if (keeper.current.kind === 'memory') return n;
    }
    throw new Error('the disk is too big');
  };

  it('loses no document: the one that did not fit is in memory with those before', () => {
    keep(60);
    const count = fill();
    assert.ok(count > 3);
    const kept = keeper.current.documents.range('sleep', null, null);
    assert.deepEqual(
      kept.map(({ body }) => body),
      Array.from({ length: count }, (_, n) => documentOf(n + 1).body).toSorted((a, b) => (String(a['id']) < String(b['id']) ? -1 : 1)),
    );
  });

  it('says so once, to the log, to listeners and to whoever asks later', () => {
    keep(60);
    assert.equal(keeper.notice, null);
    const count = fill();
    for (let n = 1; n < 20; n += 1) keeper.write((store) => store.documents.upsert('sleep', 'start', [documentOf(count + n)], CONTEXT));
    assert.deepEqual(
      moves.map(({ code, params }) => [code, params]),
      [['store_unavailable', { reason: 'SQLITE_FULL' }]],
    );
    assert.equal(keeper.notice, moves[0]);
    assert.deepEqual(log, ['error The database cannot be used (SQLITE_FULL); data is kept in memory only.']);
  });

  it('neither repeats nor loses a change for a reader that had read a part', () => {
    keep(60);
    const told: unknown[] = [];
    const reader = new ChangeReader(keeper, { reader: 'node', endpoint: 'sleep', history: false }, NOW);
    const pull = (): void => {
      reader.pull(NOW, ({ change }) => told.push(change.id));
    };
    const count = fill();
    pull();
    keeper.write((store) => store.documents.upsert('sleep', 'start', [documentOf(count + 1)], CONTEXT));
    pull();
    assert.deepEqual(
      told,
      Array.from({ length: count + 1 }, (_, n) => documentOf(n + 1).id),
    );
  });

  it('lets through what is a mistake, not the disk', () => {
    keep(60);
    assert.throws(() => {
      keeper.write(() => {
        throw new OuraError('unexpected', { reason: 'x' });
      });
    }, /unexpected|error of this package/i);
    assert.equal(keeper.current.kind, 'disk');
    fill();
  });

  describe('in the middle of a sync', () => {
    const days = Array.from({ length: 200 }, (_, back) =>
      new Date(Date.parse('2026-03-15') - back * 86_400_000).toISOString().slice(0, 10),
    );
    let cloud: TestCloud;
    let made: Made;
    let events: EngineEvent[];
    let stop: AbortController;
    let ended: Promise<void>;
    let engine: PersonEngine;

    beforeEach(async () => {
      keep(70);
      const documents = days.flatMap((day) => [dailySleep(day, 80), night(day, { note: 'x'.repeat(500) })]);
      cloud = await TestCloud.start([new HandPerson(documents, { zone: 'UTC' })], '2026-03-15T09:00:00Z');
      const { clock: time } = cloud.server;
      const logger = { error: (line: string) => log.push(`error ${line}`), warn: () => 0, info: () => 0, debug: () => 0 };
      const application = new Application({ clock: time });
      made = makeClient(cloud.server.url, { clock: time, application, tokens: new StaticAccessTokens(TOKEN), logger });
      const options = accountConfig({ id: 'a', historyDays: 180, timezone: 'UTC' }, { accessToken: TOKEN }).engine;
      engine = new PersonEngine({ client: made.client, budget: made.budget, keeper, clock: time, logger }, options);
      events = [];
      engine.events.add((event) => {
        events.push(event);
      });
      stop = new AbortController();
      ended = engine.run(stop.signal);
      await until(() => engine.state.kind === 'connected');
      assert.equal(keeper.current.kind, 'memory');
    });
    afterEach(async () => {
      stop.abort();
      await ended;
      made.close();
      await cloud.close();
    });

    it('goes on in memory without losing or doubling a document, and says so once', () => {
      const newest = days.slice(0, 90).toReversed();
      for (const endpoint of ['daily_sleep', 'sleep'] as const) {
        const kept = keeper.current.documents.range(endpoint, newest[0] ?? null, null);
        assert.deepEqual(
          kept.map(({ day }) => day),
          newest,
        );
      }
      const changes = keeper.current.changes.read({ after: 0, limit: 10_000 });
      assert.equal(new Set(changes.map(({ endpoint, id }) => `${endpoint} ${String(id)}`)).size, changes.length);
      const seqs = changes.map(({ seq }) => seq);
      assert.deepEqual(
        seqs,
        seqs.toSorted((a, b) => a - b),
      );
      assert.equal(log.filter((line) => line.includes('cannot be used')).length, 1);
      assert.equal(events.filter(({ type }) => type === 'problem').length, 1);
      assert.deepEqual(
        engine.problems.map(({ error }) => error.code),
        ['store_unavailable'],
      );
    });

    it('sees what comes later', async () => {
      cloud.control.put('daily_sleep', dailySleep('2026-03-15', 91).body);
      await until(() => {
        cloud.control.advance(3000);
        return keeper.current.documents.newest('daily_sleep')?.body['score'] === 91;
      });
      const [change] = keeper.current.changes.read({ after: 0, limit: 10_000, historic: false });
      assert.deepEqual([change?.kind, change?.previous?.['score']], ['updated', 80]);
    });
  });
});
