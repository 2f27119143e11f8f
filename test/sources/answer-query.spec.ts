import assert from 'node:assert/strict';
import type { EndpointKey } from '../../lib/catalogue/endpoints';
import type { Body } from '../../lib/ports/documents';
import type { PersonStore } from '../../lib/ports/person-store';
import { answerQuery, emptyReason, type AnswerContext, type Coverage } from '../../lib/sources/answer-query';
import type { SourceQuery } from '../../lib/sources/source-query';
import { createMemoryStore } from '../../lib/store/memory-store';
import { FamilyBook } from '../../lib/sync/family-book';
import { identifyDocuments, matchByOf } from '../../lib/sync/identify-documents';
import type { FamilyState } from '../../lib/sync/plan';
import { dailySleep, heartRate, night } from '../support/days';

const NOW = Date.parse('2026-03-15T09:00:00Z');
const range = (from: string, to: string): SourceQuery => ({ select: 'range', from, to, single: false });
const read: Partial<FamilyState> = { reached: '2026-02-14', lastSuccessAt: NOW };

describe('answers from the local copy', () => {
  let store: PersonStore;

  beforeEach(() => {
    store = createMemoryStore();
    const context = { via: 'poll', historic: false, at: NOW } as const;
    const put = (endpoint: EndpointKey, bodies: readonly Body[]): void => {
      store.documents.upsert(endpoint, matchByOf(endpoint), identifyDocuments(endpoint, bodies), context);
    };
    put('daily_sleep', [dailySleep('2026-03-13', 71).body, dailySleep('2026-03-14', 72).body]);
    put('sleep', [night('2026-03-14').body]);
    put('personal_info', [{ id: 'p', age: 41 }]);
    const rows = ['2026-03-14T21:59:59.000Z', '2026-03-14T22:00:00.000Z', '2026-03-15T21:59:00.000Z', '2026-03-15T22:00:00.000Z'];
    const bodies = rows.map((timestamp, index) => heartRate(timestamp, 50 + index).body);
    store.series.append(
      'heartrate',
      bodies.map((body) => ({ time: Date.parse(String(body['timestamp'])), body })),
      context,
    );
  });

  const context = (endpoint: EndpointKey, family: Partial<FamilyState> = read, more: Partial<AnswerContext> = {}): AnswerContext => ({
    endpoint,
    zone: 'Europe/Helsinki',
    today: '2026-03-15',
    keepFrom: '0000-01-01',
    family: { ...FamilyBook.fresh(true), ...family },
    ...more,
  });
  const ask = (query: SourceQuery, endpoint: EndpointKey): unknown => answerQuery(query, store, context(endpoint)).payload;
  const coverage = (
    query: SourceQuery,
    family?: Partial<FamilyState>,
    more?: Partial<AnswerContext>,
    key: EndpointKey = 'sleep',
  ): Coverage => answerQuery(query, store, context(key, family, more)).coverage;

  it('are the documents of the days asked for, both ends included', () => {
    const days = (from: string, to: string) => (ask(range(from, to), 'daily_sleep') as { day: string }[]).map(({ day }) => day);
    assert.deepEqual(days('2026-03-13', '2026-03-14'), ['2026-03-13', '2026-03-14']);
    assert.deepEqual(days('2026-03-14', '2026-03-20'), ['2026-03-14']);
    assert.deepEqual(days('2026-03-20', '2026-03-21'), []);
  });

  it('are rows of local days', () => {
    const beats = ask(range('2026-03-15', '2026-03-15'), 'heartrate') as { bpm: number }[];
    assert.deepEqual(
      beats.map(({ bpm }) => bpm),
      [51, 52],
    ); // from 22:00 UTC, which is midnight in Helsinki, to the next one
  });

  it('are one thing or null for the newest and for an id, a list for days', () => {
    assert.equal((ask({ select: 'latest' }, 'daily_sleep') as Body)['score'], 72);
    assert.equal((ask({ select: 'latest' }, 'heartrate') as Body)['bpm'], 53);
    assert.equal((ask({ select: 'latest' }, 'personal_info') as Body)['age'], 41);
    assert.equal(ask({ select: 'latest' }, 'workout'), null);
    assert.equal((ask({ select: 'id', id: 's-2026-03-14' }, 'sleep') as Body)['latency'], 0);
    assert.equal(ask({ select: 'id', id: 'ds-2026-03-14' }, 'sleep'), null);
    assert.equal(ask({ select: 'id', id: 'x' }, 'heartrate'), null);
    assert.deepEqual(ask(range('2026-03-01', '2026-03-15'), 'workout'), []);
  });

  it('are copies: whoever changes one changes nothing in the store', () => {
    for (const [query, endpoint] of [
      [{ select: 'latest' }, 'sleep'],
      [{ select: 'latest' }, 'heartrate'],
      [range('2026-03-13', '2026-03-16'), 'daily_sleep'],
      [range('2026-03-13', '2026-03-16'), 'heartrate'],
    ] as const) {
      const answer = ask(query, endpoint) as object;
      const before = JSON.stringify(answer);
      for (const one of Array.isArray(answer) ? (answer as object[]) : [answer])
        Object.assign(one, { id: 'changed', contributors: 7, bpm: -1 });
      assert.equal(JSON.stringify(ask(query, endpoint)), before);
    }
  });

  it('say which days the copy holds: from the first loaded to the day Oura was last asked', () => {
    const latest = { select: 'latest' } as const;
    assert.deepEqual(coverage(latest), { from: '2026-02-14', to: '2026-03-15', complete: true });
    const offline = { ...read, lastSuccessAt: Date.parse('2026-03-11T21:00:00Z') }; // 23:00 in Helsinki
    assert.equal(coverage(latest, offline).to, '2026-03-11');
    assert.deepEqual(coverage(latest, { reached: null }), { from: null, to: null, complete: false });
  });

  it('are complete when all days asked for are in the copy', () => {
    const offline = { ...read, lastSuccessAt: Date.parse('2026-03-11T12:00:00Z') };
    assert.equal(coverage(range('2026-02-14', '2026-03-15')).complete, true);
    assert.equal(coverage(range('2026-02-13', '2026-03-15')).complete, false);
    assert.equal(coverage(range('2026-03-01', '2026-03-16')).complete, false); // tomorrow is not there
    assert.equal(coverage(range('2026-03-01', '2026-03-12'), offline).complete, false);
    assert.equal(coverage(range('2026-03-01', '2026-03-11'), offline).complete, true);
  });

  it('do not call days complete that retention has dropped', () => {
    const kept = { keepFrom: '2026-03-09' };
    assert.equal(coverage(range('2026-03-01', '2026-03-15'), read, kept).complete, false);
    assert.deepEqual(coverage(range('2026-03-09', '2026-03-15'), read, kept), { from: '2026-03-09', to: '2026-03-15', complete: true });
  });

  it('are complete for a family that comes whole, whatever days are asked for', () => {
    const whole = { reached: '2015-01-01', lastSuccessAt: NOW };
    assert.equal(coverage(range('2010-01-01', '2030-01-01'), whole, {}, 'ring_configuration').complete, true);
  });
});

describe('the reason of an empty answer', () => {
  for (const [family, reason] of [
    [{ enabled: false, failures: 3, blocked: 'no_scope' }, 'disabled'],
    [{ blocked: 'no_scope', failures: 1 }, 'no_scope'],
    [{ blocked: 'no_membership', reached: '2026-02-14' }, 'no_membership'],
    [{ blocked: 'not_supported' }, 'not_supported'],
    [{ failures: 1 }, 'error'],
    [{}, 'pending'],
    [{ reached: '2026-02-14' }, 'no_data'],
    [{ reached: '2026-02-14', failures: 2 }, 'no_data'], // it was read: what is missing does not exist so far
  ] as const) {
    it(`is ${reason} for ${JSON.stringify(family)}`, () => {
      assert.equal(emptyReason({ family: { ...FamilyBook.fresh(true), ...family } }), reason);
    });
  }
});
