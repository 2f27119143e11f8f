import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { Body, ChangeContext } from '../../lib/ports/documents';
import type { PersonStore } from '../../lib/ports/person-store';
import { ChangeReader, type ReadChange } from '../../lib/sources/change-reader';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { identifyDocuments, matchByOf } from '../../lib/sync/identify-documents';
import { StoreKeeper } from '../../lib/sync/store-keeper';
import { dailySleep, heartRate } from '../support/days';
import { beat, CLOCK } from '../store/support/build';
import { MemoryLogger } from '../store/support/memory-logger';
import { temporaryFolder } from '../store/support/temporary-folder';

const NOW = Date.parse('2026-03-15T12:00:00Z');
const HOUR = 3_600_000;

describe('what a source node is told', () => {
  let store: PersonStore;
  let keeper: StoreKeeper;
  let told: ReadChange[];
  afterEach(() => {
    keeper.close(); // before the folder goes
  });
  const path = temporaryFolder();

  /** Opens the file anew, as a start of the program does. */
  const open = (): void => {
    store = openSqliteStore(path('person.sqlite'), { clock: CLOCK });
    const toMemory = (): PersonStore => assert.fail('the disk does not refuse');
    keeper = new StoreKeeper({ opened: { store, notice: null }, toMemory, logger: new MemoryLogger() });
    told = [];
  };
  beforeEach(open);

  const follow = (endpoint: EndpointKey = 'daily_sleep', history = false, reader = 'node-1'): ChangeReader =>
    new ChangeReader(keeper, { reader, endpoint, history }, NOW);
  const hear = (change: ReadChange): void => {
    told.push(change);
  };
  const put = (bodies: readonly Body[], more: Partial<ChangeContext> = {}, endpoint: EndpointKey = 'daily_sleep'): void => {
    const context = { via: 'poll', historic: false, at: NOW, ...more } as const;
    store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), context);
  };
  const rows = (bodies: readonly Body[], more: Partial<ChangeContext> = {}): void => {
    const incoming = bodies.map((body) => ({ time: Date.parse(String(body['timestamp'])), body }));
    store.series.append('heartrate', incoming, { via: 'poll', historic: false, at: NOW, ...more });
  };
  const scores = (): readonly unknown[] => told.map(({ payload }) => (payload as Body)['score']);
  const beats = (): readonly unknown[] => told.map(({ payload }) => (payload as readonly Body[]).map(({ bpm }) => bpm));

  it('begins with what comes after it was first seen', () => {
    put([dailySleep('2026-03-13', 70).body]);
    const reader = follow();
    put([dailySleep('2026-03-14', 71).body]);
    reader.pull(NOW, hear);
    reader.pull(NOW, hear);
    assert.deepEqual(scores(), [71]);
  });

  it('is each change in order, with what was there before', () => {
    const reader = follow();
    put([dailySleep('2026-03-14', 71).body]);
    put([dailySleep('2026-03-14', 0).body]);
    store.documents.delete('daily_sleep', 'ds-2026-03-14', { via: 'webhook', historic: false, at: NOW });
    reader.pull(NOW, hear);
    assert.deepEqual(
      told.map(({ change }) => change.kind),
      ['created', 'updated', 'deleted'],
    );
    const [created, updated, deleted] = told;
    assert.equal(created?.previous, undefined);
    assert.deepEqual([(updated?.payload as Body)['score'], (updated?.previous as Body)['score']], [0, 71]);
    assert.deepEqual(deleted?.payload, { id: 'ds-2026-03-14', day: '2026-03-14' });
    assert.equal((deleted.previous as Body)['score'], 0);
  });

  it('is only of its own family', () => {
    const reader = follow();
    put([{ id: 'w', start_datetime: '2026-03-14T10:00:00+02:00' }], {}, 'workout');
    put([dailySleep('2026-03-14', 71).body]);
    reader.pull(NOW, hear);
    assert.deepEqual(scores(), [71]);
  });

  it('is nothing older than a day', () => {
    const reader = follow();
    put([dailySleep('2026-03-13', 70).body], { at: NOW - 24 * HOUR - 1 });
    put([dailySleep('2026-03-14', 71).body], { at: NOW - 24 * HOUR });
    reader.pull(NOW, hear);
    assert.deepEqual(scores(), [71]);
    reader.pull(NOW - 2 * HOUR, hear); // and what was skipped stays skipped
    assert.deepEqual(scores(), [71]);
  });

  it('is nothing of the past, unless the past was asked for', () => {
    const [plain, historic] = [follow(), follow('daily_sleep', true, 'node-2')];
    put([dailySleep('2026-02-01', 60).body], { historic: true, via: 'backfill' });
    put([dailySleep('2026-03-14', 71).body]);
    plain.pull(NOW, hear);
    assert.deepEqual(scores(), [71]);
    told = [];
    historic.pull(NOW, hear);
    assert.deepEqual(scores(), [60, 71]);
  });

  it('goes on after a restart where it was, also for what came while nobody listened', () => {
    const reader = follow();
    put([dailySleep('2026-03-13', 70).body]);
    reader.pull(NOW, hear);
    put([dailySleep('2026-03-14', 71).body]);
    keeper.close();
    open();
    const again = follow();
    put([dailySleep('2026-03-15', 72).body]);
    again.pull(NOW, hear);
    assert.deepEqual(scores(), [71, 72]);
  });

  it('is told again when it could not be delivered, and what was delivered before is not', () => {
    const reader = follow();
    put([dailySleep('2026-03-13', 70).body]);
    put([dailySleep('2026-03-14', 71).body]);
    const deliver = (change: ReadChange): void => {
      if ((change.payload as Body)['score'] === 71) throw new Error('the flow is broken');
      hear(change);
    };
    assert.throws(() => {
      reader.pull(NOW, deliver);
    }, /broken/);
    assert.deepEqual(scores(), [70]);
    keeper.close();
    open();
    follow().pull(NOW, hear);
    assert.deepEqual(scores(), [71]);
  });

  it('goes to every node that listens, each at its own pace', () => {
    const [first, second] = [follow('daily_sleep', false, 'a'), follow('daily_sleep', false, 'b')];
    put([dailySleep('2026-03-13', 70).body]);
    first.pull(NOW, hear);
    put([dailySleep('2026-03-14', 71).body]);
    first.pull(NOW, hear);
    second.pull(NOW, hear);
    assert.deepEqual(scores(), [70, 71, 70, 71]);
  });

  it('is complete when more has come than one page of the log holds', () => {
    const reader = follow('daily_sleep', true);
    const all = Array.from(
      { length: 450 },
      (_, index) => dailySleep(new Date(NOW - index * 24 * HOUR).toISOString().slice(0, 10), index).body,
    );
    put(all, { historic: true });
    reader.pull(NOW, hear);
    assert.deepEqual(
      scores(),
      all.map(({ score }) => score),
    );
  });

  it('does not hold back the log for a family in which nothing happens', () => {
    const reader = follow('tag');
    put([dailySleep('2026-03-14', 71).body]);
    reader.pull(NOW, hear);
    assert.deepEqual(told, []);
    assert.equal(store.changes.cursor('node-1'), store.changes.head());
  });

  it('is the rows of one sync together, past and present apart', () => {
    const reader = follow('heartrate', true);
    rows([heartRate('2026-02-01T08:00:00.000Z', 50).body], { historic: true, via: 'backfill' });
    rows([beat('2026-03-15T10:00:00Z', 60).body, beat('2026-03-15T10:05:00Z', 61).body]);
    rows([beat('2026-03-15T10:10:00Z', 62).body]);
    reader.pull(NOW, hear);
    assert.deepEqual(beats(), [[50], [60, 61, 62]]);
    rows([beat('2026-03-15T10:15:00Z', 63).body]);
    reader.pull(NOW, hear);
    assert.deepEqual(beats().slice(2), [[63]]);
  });

  it('is a copy: whoever changes it changes nothing in the store', () => {
    const documents = follow();
    const series = follow('heartrate', false, 'node-2');
    put([dailySleep('2026-03-14', 71).body]);
    rows([beat('2026-03-15T10:00:00Z', 60).body]);
    documents.pull(NOW, hear);
    series.pull(NOW, hear);
    Object.assign(told[0]?.payload as object, { score: -1, contributors: null });
    Object.assign((told[1]?.payload as readonly object[])[0] ?? {}, { bpm: -1 });
    assert.deepEqual(store.documents.newest('daily_sleep')?.body, dailySleep('2026-03-14', 71).body);
    assert.equal(store.series.newest('heartrate')?.body['bpm'], 60);
  });
});
