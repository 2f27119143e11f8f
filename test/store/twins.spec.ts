import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { IncomingDocument } from '../../lib/ports/documents';
import type { WebhookEvent } from '../../lib/ports/event-queue';
import type { PersonStore } from '../../lib/ports/person-store';
import { createMemoryStore } from '../../lib/store/memory-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { beat, CLOCK, context, daily, namelessDaily, namelessPeriod, period } from './support/build';
import { temporaryFolder } from './support/temporary-folder';

type Step = (store: PersonStore, at: number) => unknown;

const DAYS = ['2026-02-01', '2026-02-02', '2026-02-03'] as const;
const STARTS = ['2026-02-01T10:00:00Z', '2026-02-01T12:00:00+02:00', '2026-02-02T00:30:00+02:00', '2026-02-02T09:00:00Z'] as const;

const day = fc.constantFrom(...DAYS);
const start = fc.constantFrom(...STARTS);
const id = fc.constantFrom('a', 'b', 'c');
const value = fc.record({ v: fc.integer({ min: 0, max: 2 }) });
const historic = fc.boolean();

const dailies = fc.array(
  fc.oneof(
    fc.tuple(id, day, value).map((parts) => daily(...parts)),
    fc.tuple(day, value).map((parts) => namelessDaily(...parts)),
  ),
  { maxLength: 4 },
);
const periods = fc.array(
  fc.oneof(
    fc.tuple(id, start, value).map((parts) => period(...parts)),
    fc.tuple(start, fc.integer({ min: 1, max: 3 }), value).map((parts) => namelessPeriod(...parts)),
  ),
  { maxLength: 4 },
);
const upsert =
  (endpoint: string, matchBy: 'day' | 'start') =>
  ([documents, isHistoric]: readonly [readonly IncomingDocument[], boolean]): Step =>
  (store, at) =>
    store.documents.upsert(endpoint, matchBy, documents, context({ at, historic: isHistoric }));

const event: fc.Arbitrary<WebhookEvent> = fc.record({
  endpoint: fc.constantFrom('daily_sleep', 'workout'),
  kind: fc.constantFrom('update', 'delete'),
  id,
  at: fc.integer({ min: 0, max: 2 }),
  receivedAt: fc.integer({ min: 0, max: 9 }),
});
const seq = fc.integer({ min: 1, max: 6 });

const steps: fc.Arbitrary<Step> = fc.oneof(
  event.map(
    (one): Step =>
      (store) =>
        store.events.add(one),
  ),
  fc.array(seq, { maxLength: 3 }).map((seqs): Step => (store) => {
    store.events.remove(seqs);
  }),
  seq.map((one): Step => (store, at) => {
    store.events.postpone(one, at);
  }),
  fc.tuple(dailies, historic).map(upsert('daily_sleep', 'day')),
  fc.tuple(periods, historic).map(upsert('workout', 'start')),
  fc.array(fc.tuple(start, fc.integer({ min: 60, max: 62 })), { maxLength: 5 }).map((rows): Step => {
    const beats = rows.map(([timestamp, bpm]) => beat(timestamp, bpm));
    return (store, at) => store.series.append('heartrate', beats, context({ at }));
  }),
  fc.tuple(fc.constantFrom('daily_sleep', 'workout'), id).map(
    ([endpoint, one]): Step =>
      (store, at) =>
        store.documents.delete(endpoint, one, context({ at })),
  ),
  day.map(
    (before): Step =>
      (store) =>
        store.prune('daily_sleep', before, 0),
  ),
  start.map(
    (before): Step =>
      (store) =>
        store.prune('heartrate', '', Date.parse(before)),
  ),
  fc.integer({ min: 1, max: 5 }).map(
    (age): Step =>
      (store, at) =>
        store.changes.prune(at - age),
  ),
);

/** Everything a store tells. */
function told(store: PersonStore): unknown {
  const log = store.changes.read({ after: 0, limit: 1000 });
  const { documents, rows } = store.stats();
  return {
    log,
    live: store.changes.read({ after: 1, limit: 3, historic: false, endpoint: 'workout' }),
    head: store.changes.head(),
    documents: ['daily_sleep', 'workout'].map((endpoint) => [
      store.documents.range(endpoint, null, null),
      store.documents.range(endpoint, DAYS[1], null),
      store.documents.newest(endpoint),
    ]),
    rows: [store.series.range('heartrate', 0, Number.MAX_SAFE_INTEGER), store.series.newest('heartrate')],
    changedRows: log.map(({ seq }) => store.series.changedRows(seq)),
    counts: { documents, rows },
    events: store.events.list(),
  };
}

describe('the store on disk and the one in memory', () => {
  const path = temporaryFolder();

  it('answer alike after any sequence of writes, deletions and pruning', () => {
    let run = 0;
    fc.assert(
      fc.property(fc.array(steps, { maxLength: 25 }), (sequence) => {
        run += 1;
        const disk = openSqliteStore(path(`${run}.sqlite`), { clock: CLOCK });
        const memory = createMemoryStore();
        try {
          sequence.forEach((step, at) => {
            assert.deepEqual(step(disk, at), step(memory, at));
          });
          assert.deepEqual(told(disk), told(memory));
        } finally {
          disk.close();
        }
      }),
      { numRuns: 60 },
    );
  });
});
