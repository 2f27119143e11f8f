import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import { LIMITS } from '../../lib/catalogue/limits';
import type { EventKind, WaitingEvent } from '../../lib/ports/event-queue';
import { EventDrain, type Queue } from '../../lib/sync/event-drain';
import { identifyDocuments } from '../../lib/sync/identify-documents';
import type { FamilyState, Fetch } from '../../lib/sync/plan';
import type { StoreKeeper } from '../../lib/sync/store-keeper';
import type { HandDocument } from '../simulator/server/support/hand-person';
import { dailySleep } from '../support/days';
import { memoryKeeper } from './support/memory-keeper';
import { loadedFamilies } from './support/situation';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const NOW = Date.parse('2026-03-15T09:00:00Z');
describe('the queue of events that wait', () => {
  let keeper: StoreKeeper;
  let drain: EventDrain;
  beforeEach(() => {
    keeper = memoryKeeper();
    drain = new EventDrain(keeper);
  });

  const add = (kind: EventKind, id: string, endpoint: EndpointKey = 'daily_sleep', at = NOW - MINUTE): void => {
    keeper.write((store) => store.events.add({ endpoint, kind, id, at, receivedAt: NOW }));
  };
  const store = ({ endpoint, body }: HandDocument): void => {
    keeper.write((target) =>
      target.documents.upsert(endpoint, 'day', identifyDocuments(endpoint, [body]), { via: 'webhook', historic: false, at: NOW }),
    );
  };
  const list = (): readonly WaitingEvent[] => keeper.current.events.list();
  const left = (): readonly string[] => list().map(({ kind, id, endpoint }) => `${kind} ${endpoint} ${id}`);
  const perceive = (more: (endpoint: EndpointKey) => Partial<FamilyState> = () => ({})): Omit<Queue, 'all'> => {
    const { waiting, deleted } = drain.look(loadedFamilies(more), NOW);
    return { waiting, deleted };
  };
  const one = (id: string): Fetch => ({ kind: 'document', endpoint: 'daily_sleep', id });
  const window: Fetch = { kind: 'recent', endpoint: 'daily_sleep', from: '2026-03-13', to: '2026-03-16' };

  it('keeps what tells of something new until that is stored', () => {
    add('create', 'ds-2026-03-15');
    add('update', 'ds-2026-03-14');
    assert.deepEqual(perceive(), { waiting: list(), deleted: [] });
    assert.equal(list().length, 2);
  });

  it('lets go of all events of a document that was fetched, and of no others', () => {
    add('create', 'ds-2026-03-15');
    add('update', 'ds-2026-03-15');
    add('update', 'ds-2026-03-14');
    add('create', 'ds-2026-03-15', 'workout');
    drain.stored(one('ds-2026-03-15'), list(), NOW);
    assert.deepEqual(left(), ['update daily_sleep ds-2026-03-14', 'create workout ds-2026-03-15']);
  });

  it('keeps an event that came while the document was under way: it may tell of a later change', () => {
    add('create', 'ds-2026-03-15');
    const before = list();
    add('update', 'ds-2026-03-15');
    drain.stored(one('ds-2026-03-15'), before, NOW);
    assert.deepEqual(left(), ['update daily_sleep ds-2026-03-15']);
  });

  it('lets go of what a window brought; what it did not bring is asked for by itself next', () => {
    store(dailySleep('2026-03-15', 85));
    store(dailySleep('2026-01-10', 70)); // stored, but not in the window: it may have changed since
    for (const day of ['2026-03-15', '2026-01-10', '2026-03-14']) add('update', `ds-${day}`);
    drain.stored(window, list(), NOW);
    assert.deepEqual(
      list().map(({ id, tries, notBefore }) => [id, tries, notBefore]),
      [
        ['ds-2026-01-10', 1, NOW],
        ['ds-2026-03-14', 1, NOW],
      ],
    );
  });

  it('lets go of every ring with one reading of all rings', () => {
    const ring = { id: 'r-1', set_up_at: '2021-01-10T00:00:00+00:00', color: 'stealth_black' };
    keeper.write((target) =>
      target.documents.upsert('ring_configuration', 'start', identifyDocuments('ring_configuration', [ring]), {
        via: 'poll',
        historic: false,
        at: NOW,
      }),
    );
    add('update', 'r-1', 'ring_configuration');
    drain.stored({ kind: 'recent', endpoint: 'ring_configuration', from: '2026-03-13', to: '2026-03-16' }, list(), NOW);
    assert.deepEqual(left(), []);
  });

  it('asks for a document that is not there after 30 s, then twice as long each time, at most every hour, and in the end no more', () => {
    add('create', 'ds-2026-03-15');
    const pauses: number[] = [];
    for (let now = NOW; list().length > 0 && pauses.length < 100; now = list()[0]?.notBefore ?? now) {
      drain.missing('daily_sleep', 'ds-2026-03-15', list(), now);
      pauses.push((list()[0]?.notBefore ?? now) - now);
    }
    assert.deepEqual(pauses.slice(0, 4), [30_000, MINUTE, 2 * MINUTE, 4 * MINUTE]);
    assert.equal(pauses.length, LIMITS.eventTries);
    assert.equal(pauses.at(-1), 0, 'given up');
    assert.equal(Math.max(...pauses), HOUR);
    const total = pauses.reduce((sum, pause) => sum + pause, 0);
    assert.ok(total > 5 * HOUR && total < 24 * HOUR, 'the daily comparison is next'); // 63.5 min, then 6 h
  });

  it('postpones the events of that document only', () => {
    add('create', 'ds-2026-03-15');
    add('create', 'ds-2026-03-14');
    add('create', 'ds-2026-03-15', 'workout');
    drain.missing('daily_sleep', 'ds-2026-03-15', list(), NOW);
    assert.deepEqual(
      list().map(({ tries }) => tries),
      [1, 0, 0],
    );
  });

  it('LESSON: delete events ignored: the document goes, the change log says what it was, and what was told of it before is void', () => {
    store(dailySleep('2026-03-14', 72));
    add('update', 'ds-2026-03-14');
    add('delete', 'ds-2026-03-14');
    add('create', 'ds-2026-03-15');
    const { waiting, deleted } = perceive();
    assert.deepEqual(deleted, ['daily_sleep']);
    assert.deepEqual(
      waiting.map(({ id }) => id),
      ['ds-2026-03-15'],
    );
    assert.deepEqual(left(), ['create daily_sleep ds-2026-03-15']);
    assert.equal(keeper.current.documents.find('daily_sleep', 'ds-2026-03-14'), null);
    const last = keeper.current.changes.read({ after: 0, limit: 10, historic: false }).at(-1);
    assert.deepEqual([last?.kind, last?.via, last?.previous?.['score'], last?.body], ['deleted', 'webhook', 72, null]);
  });

  it('puts a deletion off while its family is under way: the answer may hold what it deletes', () => {
    store(dailySleep('2026-03-14', 72));
    add('delete', 'ds-2026-03-14');
    assert.deepEqual(
      perceive((endpoint) => ({ inFlight: endpoint === 'daily_sleep' })),
      { waiting: [], deleted: [] },
    );
    drain.stored(window, [], NOW);
    assert.deepEqual(left(), ['delete daily_sleep ds-2026-03-14']);
    assert.deepEqual(perceive((endpoint) => ({ inFlight: endpoint === 'workout' })).deleted, ['daily_sleep']);
    assert.deepEqual(left(), []);
  });

  it('keeps what was told of a document after its deletion: it is back', () => {
    store(dailySleep('2026-03-14', 72));
    add('delete', 'ds-2026-03-14');
    add('create', 'ds-2026-03-14');
    perceive();
    assert.deepEqual(left(), ['create daily_sleep ds-2026-03-14']);
  });

  it('lets go of a deletion of what was never stored, and tells nobody', () => {
    add('delete', 'ds-2020-01-01');
    assert.deepEqual(perceive(), { waiting: [], deleted: [] });
    assert.deepEqual([left(), keeper.current.changes.read({ after: 0, limit: 10, historic: false })], [[], []]);
  });

  it('deletes nothing of another family that has the same id', () => {
    store(dailySleep('2026-03-14', 72));
    add('delete', 'ds-2026-03-14', 'daily_readiness');
    assert.deepEqual(perceive().deleted, []);
    assert.notEqual(keeper.current.documents.find('daily_sleep', 'ds-2026-03-14'), null);
  });

  it('lets go of events of families that are not read; what Oura has deleted goes all the same', () => {
    store(dailySleep('2026-03-14', 72));
    add('delete', 'ds-2026-03-14');
    add('create', 'ds-2026-03-15');
    add('create', 'w', 'workout');
    add('create', 's', 'session');
    add('create', 't', 'tag');
    const { waiting, deleted } = perceive((endpoint) => {
      if (endpoint === 'daily_sleep') return { enabled: false };
      if (endpoint === 'session') return { blocked: 'no_scope' };
      return endpoint === 'tag' ? { blocked: 'no_membership' } : {};
    });
    assert.deepEqual(
      waiting.map(({ id }) => id),
      ['w', 't'], // a membership may come back any time
    );
    assert.deepEqual([deleted, left()], [['daily_sleep'], ['create workout w', 'create tag t']]);
    assert.equal(keeper.current.documents.find('daily_sleep', 'ds-2026-03-14'), null);
  });

  it('gives up what Oura could not give for a day, not sooner, and asks less and less often', () => {
    add('create', 'ds-2026-03-15');
    for (let tries = 0; tries < 40; tries += 1) drain.failed('daily_sleep', 'ds-2026-03-15', list(), NOW);
    assert.equal(list()[0]?.notBefore, NOW + LIMITS.eventRetryMaxMs);
    const families = loadedFamilies();
    assert.equal(drain.look(families, NOW + LIMITS.eventKeptMs).waiting.length, 1);
    assert.equal(drain.look(families, NOW + LIMITS.eventKeptMs + 1).waiting.length, 0);
    assert.deepEqual(left(), []);
  });

  it('counts a try of what a window has not brought once only, and not those of history', () => {
    add('create', 'ds-2025-01-01');
    drain.stored({ kind: 'history', endpoint: 'daily_sleep', from: '2026-01-01', to: '2026-02-01' }, list(), NOW);
    assert.equal(list()[0]?.tries, 0);
    for (let times = 0; times < 3; times += 1) drain.stored(window, list(), NOW);
    assert.equal(list()[0]?.tries, 1);
  });
});
