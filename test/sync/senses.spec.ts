import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { LIMITS } from '../../lib/catalogue/limits';
import { OuraError } from '../../lib/errors/oura-error';
import type { EventKind } from '../../lib/ports/event-queue';
import { copyStore } from '../../lib/store/copy-store';
import { createMemoryStore } from '../../lib/store/memory-store';
import { openSqliteStore } from '../../lib/store/sqlite-store';
import { FamilyBook } from '../../lib/sync/family-book';
import { identifyDocuments } from '../../lib/sync/identify-documents';
import { addDays } from '../../lib/sync/local-day';
import type { FamilyState, Fetch, PlannerState } from '../../lib/sync/plan';
import type { FetchOutcome } from '../../lib/sync/run-fetch';
import { Senses, type Perception } from '../../lib/sync/senses';
import { StoreKeeper } from '../../lib/sync/store-keeper';
import { USUAL_WAKING } from '../../lib/sync/waking';
import { MemoryLogger } from '../store/support/memory-logger';
import { temporaryFolder } from '../store/support/temporary-folder';
import { dailySleep, night } from '../support/days';
import { memoryKeeper } from './support/memory-keeper';
import { loadedFamilies, NOON } from './support/situation';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const COVERED: ReadonlySet<EndpointKey> = new Set(['daily_activity', 'daily_sleep', 'sleep']);
const nothing: FetchOutcome = {
  created: 0,
  updated: 0,
  deleted: 0,
  rows: 0,
  setAside: [],
  hints: [],
  changedDay: null,
  newestDay: '2026-03-15',
  newestAt: null,
};
const recent = (endpoint: EndpointKey): Fetch => ({ kind: 'recent', endpoint, from: '2026-03-13', to: '2026-03-16' });

/** Puts an event into the queue of a store. */
function tell(keeper: StoreKeeper, endpoint: EndpointKey, id: string, at: number, kind: EventKind = 'create'): void {
  keeper.write((store) => store.events.add({ endpoint, kind, id, at, receivedAt: at + SECOND }));
}

function perceiveWith(senses: Senses, now: number, families: PlannerState['families'] = loadedFamilies()): Perception {
  return senses.perceive(families, { now, zone: 'UTC' }, () => undefined);
}

describe('what an engine notices', () => {
  let keeper: StoreKeeper;
  let senses: Senses;
  beforeEach(() => {
    keeper = memoryKeeper();
    senses = new Senses(keeper);
  });

  const perceive = (now: number, families?: PlannerState['families']): Perception => perceiveWith(senses, now, families);
  /** A fetch that began and ended at `now`, of a family read an hour before. */
  const fetched = (fetch: Fetch, now: number, outcome: Partial<FetchOutcome> = {}, family: Partial<FamilyState> = {}): void => {
    const before = { ...FamilyBook.fresh(true), reached: '2026-01-01', lastSuccessAt: now - HOUR, newestDay: '2026-03-15', ...family };
    senses.stored(senses.began(fetch, loadedFamilies(), before, { now, zone: 'UTC' }), { ...nothing, ...outcome }, now);
  };

  it('is a sync of the ring when an event tells of one, noticed once however often it looks', () => {
    senses.cover(COVERED, NOON - DAY);
    tell(keeper, 'daily_activity', 'a', NOON - 30 * SECOND);
    for (const now of [NOON, NOON + MINUTE, NOON + HOUR])
      assert.deepEqual(
        perceive(now).sightings.map(({ at }) => at),
        [NOON - 30 * SECOND],
      );
    assert.deepEqual(
      perceive(NOON).events.map(({ id }) => id),
      ['a'],
    );
    assert.equal(perceive(NOON).webhooks, 'active');
  });

  it('LESSON: webhook subscriptions active, silent for days: polling finds what no event told of, and that is noticed', () => {
    senses.cover(COVERED, NOON - 3 * DAY);
    assert.equal(perceive(NOON).webhooks, 'active');
    fetched(recent('daily_activity'), NOON, { updated: 1 });
    assert.deepEqual([perceive(NOON).webhooks, senses.nextAt], ['active', NOON + LIMITS.eventGraceAfterMs]);
    assert.equal(perceive(NOON + LIMITS.eventGraceAfterMs).webhooks, 'silent');
    tell(keeper, 'sleep', 's', NOON + HOUR);
    assert.equal(perceive(NOON + HOUR + SECOND).webhooks, 'active');
  });

  it('suspects nothing when what came had its event, when nothing came, or when a deletion was found', () => {
    senses.cover(COVERED, NOON - 3 * DAY);
    tell(keeper, 'daily_sleep', 'd', NOON - MINUTE);
    perceive(NOON);
    fetched(recent('daily_sleep'), NOON, { created: 1 });
    fetched(recent('daily_activity'), NOON);
    fetched({ kind: 'reconcile', endpoint: 'sleep', from: '2026-03-01', to: '2026-03-16' }, NOON, { deleted: 1 });
    assert.deepEqual([perceive(NOON + HOUR).webhooks, senses.nextAt], ['active', Infinity]);
  });

  it('suspects nothing when the event of what came was held back for hours', () => {
    senses.cover(COVERED, NOON - 3 * DAY);
    tell(keeper, 'daily_activity', 'a', NOON - 2 * HOUR, 'update');
    perceive(NOON);
    fetched(recent('daily_activity'), NOON, { updated: 1 });
    assert.equal(senses.nextAt, Infinity);
  });

  it('suspects nothing because of a document that an event asked for', () => {
    senses.cover(COVERED, NOON - 3 * DAY);
    fetched({ kind: 'document', endpoint: 'daily_sleep', id: 'd' }, NOON, { created: 1 });
    assert.equal(senses.nextAt, Infinity);
  });

  it('is an opening of the app when a new night comes with a sync; an amended one is none', () => {
    const ofApp = (): readonly boolean[] => perceive(NOON).sightings.map(({ app }) => app);
    fetched(recent('daily_activity'), NOON, { updated: 1 });
    fetched(recent('sleep'), NOON, { updated: 1 });
    assert.deepEqual(ofApp(), [false]);
    fetched({ kind: 'first', endpoint: 'sleep', from: '2026-03-09', to: '2026-03-16' }, NOON, { created: 7 }, { newestDay: null });
    assert.deepEqual(ofApp(), [false]);
    fetched(recent('sleep'), NOON + SECOND, { created: 1 }, { newestDay: '2026-03-14' });
    assert.deepEqual(ofApp(), [true]);
  });

  it('keeps an event whose document is missing for later, and learns nothing from the answer', () => {
    senses.cover(COVERED, NOON - 3 * DAY);
    tell(keeper, 'daily_sleep', 'd', NOON - MINUTE);
    perceive(NOON);
    fetched({ kind: 'document', endpoint: 'daily_sleep', id: 'd' }, NOON, { absent: 'missing' });
    const [event] = perceive(NOON).events;
    assert.deepEqual([event?.tries, event?.notBefore], [1, NOON + LIMITS.eventRetryFirstMs]);
  });

  it('lets go of an event whose document is stored', () => {
    tell(keeper, 'daily_sleep', 'ds-2026-03-15', NOON - MINUTE);
    perceive(NOON);
    fetched({ kind: 'document', endpoint: 'daily_sleep', id: 'ds-2026-03-15' }, NOON, { created: 1 });
    assert.deepEqual([perceive(NOON).events, keeper.current.events.count()], [[], 0]);
  });

  it('carries out deletions and says of which families', () => {
    const { body } = dailySleep('2026-03-14', 72);
    keeper.write((store) =>
      store.documents.upsert('daily_sleep', 'day', identifyDocuments('daily_sleep', [body]), { via: 'poll', historic: false, at: 0 }),
    );
    tell(keeper, 'daily_sleep', 'ds-2026-03-14', NOON, 'delete');
    const deleted: EndpointKey[] = [];
    const { events } = senses.perceive(loadedFamilies(), { now: NOON, zone: 'UTC' }, (endpoint) => deleted.push(endpoint));
    assert.deepEqual([deleted, events, keeper.current.documents.newest('daily_sleep')], [['daily_sleep'], [], null]);
  });

  it('has no ear for families that are switched off', () => {
    for (const endpoint of ['daily_sleep', 'workout'] as const) tell(keeper, endpoint, endpoint, NOON);
    const families = loadedFamilies((key) => (key === 'daily_sleep' ? { enabled: false } : {}));
    assert.deepEqual(
      perceive(NOON + MINUTE, families).events.map(({ id }) => id),
      ['workout'],
    );
    assert.equal(keeper.current.events.count(), 1);
  });

  it('knows when the person wakes as soon as the nights tell', () => {
    assert.deepEqual(perceive(NOON).waking, USUAL_WAKING);
    const nights = ['2026-03-13', '2026-03-14', '2026-03-15'].map((day) => night(day).body); // 22:30 to 6:30
    keeper.write((store) =>
      store.documents.upsert('sleep', 'start', identifyDocuments('sleep', nights), { via: 'poll', historic: false, at: 0 }),
    );
    const changed = loadedFamilies((key) => (key === 'sleep' ? { lastChangeAt: NOON } : {}));
    assert.deepEqual(perceive(NOON, changed).waking, { from: 360, to: 1380 });
  });

  it('learns the rhythm by the clock the person lived by', () => {
    const nights = ['2026-03-12', '2026-03-13', '2026-03-14', '2026-03-15'].map((day, index) => {
      const offset = index < 3 ? '-08:00' : 'Z';
      return night(day, { id: day, bedtime_start: `${addDays(day, -1)}T23:00:00${offset}`, bedtime_end: `${day}T07:00:00${offset}` }).body;
    });
    keeper.write((store) =>
      store.documents.upsert('sleep', 'start', identifyDocuments('sleep', nights), { via: 'poll', historic: false, at: 0 }),
    );
    senses.cover(COVERED, NOON - 3 * DAY);
    const synced = ['2026-03-12', '2026-03-13', '2026-03-14'].map((day) => Date.parse(`${day}T15:00:00-08:00`));
    for (const at of synced) {
      tell(keeper, 'daily_activity', String(at), at);
      perceive(at + MINUTE);
    }
    const { rates } = perceive(NOON).rhythm;
    const hourly = (hour: number): number => Array.from({ length: 7 }, (_, day) => rates[24 * day + hour] ?? 0).reduce((a, b) => a + b, 0);
    assert.ok(hourly(15) > 1.1 * hourly(13), `${hourly(15)} ${hourly(13)}`);
  });

  it('counts what looking costs: questions for a sync apart from all others, history not at all', () => {
    fetched(recent('daily_activity'), NOON);
    fetched(recent('heartrate'), NOON);
    fetched(recent('sleep'), NOON);
    for (const kind of ['first', 'history'] as const) fetched({ kind, endpoint: 'workout', from: '2026-01-01', to: '2026-03-01' }, NOON);
    assert.deepEqual(perceive(NOON).usage, [{ day: '2026-03-15', probes: 1, reads: 2 }]);
  });
});

describe('what an engine notices when the disk has refused and data is in memory', () => {
  const file = temporaryFolder();

  it('is every event as before', () => {
    const disk = openSqliteStore(file('ann.sqlite'), { clock: { now: () => NOON, delay: () => Promise.resolve() } });
    const memory = createMemoryStore();
    const toMemory = () => {
      copyStore(disk, memory);
      return memory;
    };
    const keeper = new StoreKeeper({ opened: { store: disk, notice: null }, toMemory, logger: new MemoryLogger() });
    const senses = new Senses(keeper);
    for (const id of ['a', 'b']) tell(keeper, 'daily_sleep', id, NOON - DAY);
    perceiveWith(senses, NOON - DAY + MINUTE);
    keeper.write((store) => {
      store.events.remove(store.events.list().map(({ seq }) => seq));
    });
    keeper.write((store) => {
      if (store.kind === 'disk') throw new OuraError('store_unavailable', { reason: 'full' });
    });
    assert.equal(keeper.current, memory);
    tell(keeper, 'daily_sleep', 'c', NOON);
    assert.equal(perceiveWith(senses, NOON + MINUTE).sightings.at(-1)?.at, NOON);
    keeper.close();
  });
});
