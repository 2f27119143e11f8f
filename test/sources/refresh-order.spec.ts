import assert from 'node:assert/strict';
import { OuraError } from '../../lib/errors/oura-error';
import { refreshOrder, type RefreshDefaults, type RefreshOrder } from '../../lib/sources/refresh-order';
import type { RefreshRequest } from '../../lib/sync/refresh';
import { addDays } from '../../lib/sync/local-day';

const order = (oura: unknown, defaults: RefreshDefaults = { range: 'recent' }): RefreshOrder =>
  refreshOrder(defaults, oura, '2026-03-01', addDays);
const read = (range: RefreshRequest['range'], families: readonly string[] = []): RefreshOrder => ({
  kind: 'read',
  request: { families, range },
});
const refuses = (oura: unknown, code: string): void => {
  assert.throws(
    () => order(oura),
    (error) => error instanceof OuraError && error.code === code,
  );
};

describe('the order of a message to a refresh node', () => {
  it('is what a poll would read when the message says nothing', () => {
    for (const oura of [undefined, null, 'go', {}, { change: 'created' }]) assert.deepEqual(order(oura), read('recent'));
  });

  it('is what the dialog says', () => {
    assert.deepEqual(order({}, { range: 'all' }), read('all'));
    assert.deepEqual(order({}, { range: 'days', start: '-7', end: 'yesterday' }), read({ from: '2026-02-22', to: '2026-02-28' }));
    assert.deepEqual(order({}, { range: 'days', start: '', end: '' }), read({ from: '2026-03-01', to: '2026-03-01' }));
  });

  it('is what the message says, over the dialog', () => {
    assert.deepEqual(order({ all: true }), read('all'));
    assert.deepEqual(order({ start: '2026-01-05' }, { range: 'all' }), read({ from: '2026-01-05', to: '2026-03-01' }));
    assert.deepEqual(order({ end: '2026-01-31' }, { range: 'days', start: '2026-01-01' }), read({ from: '2026-01-01', to: '2026-01-31' }));
  });

  it('takes a list of families or one by its name', () => {
    assert.deepEqual(order({ families: ['sleep', 'daily_sleep'] }), read('recent', ['sleep', 'daily_sleep']));
    assert.deepEqual(order({ families: 'sleep', all: true }), read('all', ['sleep']));
    assert.deepEqual(order({ families: null }), read('recent'));
  });

  it('stops, resumes and moves a demo only for a plain true', () => {
    assert.deepEqual(order({ stop: true, all: true }), { kind: 'stop' });
    assert.deepEqual(order({ resume: true }), { kind: 'resume' });
    assert.deepEqual(order({ nextMorning: true }), { kind: 'next_morning' });
    assert.deepEqual(order({ stop: false, resume: 'true', nextMorning: 1 }), read('recent'));
  });

  it('refuses days that are none, a range that ends before it begins, a family that is no name', () => {
    refuses({ start: '2026-02-30' }, 'date_invalid');
    refuses({ start: 'today', end: '-1' }, 'range_invalid');
    refuses({ families: ['sleep', 3] }, 'family_unknown');
  });
});
