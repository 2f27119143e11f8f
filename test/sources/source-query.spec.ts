import assert from 'node:assert/strict';
import fc from 'fast-check';
import { OuraError } from '../../lib/errors/oura-error';
import { sourceQuery, type SourceDefaults, type SourceQuery } from '../../lib/sources/source-query';
import { addDays } from '../../lib/sync/local-day';

const ask = (oura: unknown, defaults: SourceDefaults = {}, today = '2026-03-01'): SourceQuery =>
  sourceQuery(defaults, oura, today, addDays);
const on = (day: string): SourceQuery => ({ select: 'range', from: day, to: day, single: true });
const range = (from: string, to: string): SourceQuery => ({ select: 'range', from, to, single: false });
const refuses = (oura: unknown, code: string, params: object = {}): void => {
  assert.throws(
    () => ask(oura),
    (error) => {
      assert.ok(error instanceof OuraError);
      assert.deepEqual([error.code, error.params], [code, params]);
      return true;
    },
  );
};

describe('a question to a source node', () => {
  for (const oura of [undefined, null, 'latest', 7, {}, { select: '' }, { select: null }, { select: 'latest' }]) {
    it(`is about the newest for ${oura === undefined ? 'no msg.oura' : JSON.stringify(oura)}`, () => {
      assert.deepEqual(ask(oura), { select: 'latest' });
    });
  }

  for (const [day, expected] of [
    ['today', '2026-03-01'],
    ['yesterday', '2026-02-28'],
    ['-7', '2026-02-22'],
    [-7, '2026-02-22'],
    ['-365', '2025-03-01'],
    ['2024-02-29', '2024-02-29'],
    ['2030-01-01', '2030-01-01'],
  ] as const) {
    it(`understands ${JSON.stringify(day)} as the day ${expected}`, () => {
      assert.deepEqual(ask({ day }), on(expected));
      assert.deepEqual(ask({}, { select: 'day', day }), on(expected));
    });
  }

  it('takes an empty day for today', () => {
    assert.deepEqual(ask({ select: 'day' }), on('2026-03-01'));
    assert.deepEqual(ask({ select: 'day', day: '' }, { day: '' }), on('2026-03-01'));
    assert.deepEqual(ask({ start: '-2' }), range('2026-02-27', '2026-03-01'));
    assert.deepEqual(ask({ select: 'range' }), range('2026-03-01', '2026-03-01'));
  });

  it('knows what is meant without having to hear `select`', () => {
    const defaults = { select: 'latest', day: '2026-01-01', start: '2026-01-02', end: '2026-01-03', id: 'from-dialog' };
    assert.deepEqual(ask({ id: 'a' }, defaults), { select: 'id', id: 'a' });
    assert.deepEqual(ask({ end: '2026-01-31' }, defaults), range('2026-01-02', '2026-01-31'));
    assert.deepEqual(ask({ day: 'yesterday' }, { ...defaults, select: 'range' }), on('2026-02-28'));
  });

  it('puts the message over the dialog, value by value, and the dialog over nothing', () => {
    const defaults = { select: 'range', start: '2026-01-01', end: '2026-01-31' };
    assert.deepEqual(ask({}, defaults), range('2026-01-01', '2026-01-31'));
    assert.deepEqual(ask({ start: '2026-01-15' }, defaults), range('2026-01-15', '2026-01-31'));
    assert.deepEqual(ask({ select: 'latest' }, defaults), { select: 'latest' });
    assert.deepEqual(ask({ select: 'day', start: '2026-01-15' }, { ...defaults, day: '-1' }), on('2026-02-28'));
  });

  it('asks for an id before a range before a day when a message names all', () => {
    const all = { id: 'a', start: '-3', day: 'today' };
    assert.deepEqual(ask(all), { select: 'id', id: 'a' });
    assert.deepEqual(ask({ ...all, id: null }), range('2026-02-26', '2026-03-01'));
  });

  it('ignores keys it does not know, such as those of another oura node', () => {
    assert.deepEqual(ask({ families: ['sleep'], change: 'created', coverage: {}, nonsense: 1 }), { select: 'latest' });
  });

  for (const day of [
    '0024-11-11',
    '2026-02-30',
    '2025-02-29',
    '26-01-01',
    '01.02.2026',
    '2026-01-31T08:00:00Z',
    'tomorrow',
    '+1',
    '-',
    1.5,
    true,
    {},
    [],
  ]) {
    it(`refuses the day ${JSON.stringify(day)}`, () => {
      refuses({ day }, 'date_invalid', { name: 'day' });
      refuses({ end: day }, 'date_invalid', { name: 'end' });
    });
  }

  it('refuses a range that ends before it begins', () => {
    refuses({ start: 'today', end: 'yesterday' }, 'range_invalid', { start: '2026-03-01', end: '2026-02-28' });
  });

  it('refuses a select it does not know, and an id that is none', () => {
    refuses({ select: 'everything' }, 'select_invalid', { options: 'latest, day, range, id' });
    refuses({ select: 'id' }, 'id_missing');
    refuses({ id: 12 }, 'id_missing');
  });

  it('answers any message with days in order or with a code, never with a crash', () => {
    const value = fc.oneof(fc.anything(), fc.constantFrom('today', 'yesterday', '-7', '2026-01-31', 'latest', 'day', 'range', 'id'));
    const record = fc.record({ select: value, day: value, start: value, end: value, id: value }, { requiredKeys: [] });
    fc.assert(
      fc.property(record, record, (oura, defaults) => {
        try {
          const query = ask(oura, defaults);
          if (query.select === 'range') assert.match(`${query.from} ${query.to}`, /^\d{4}-\d{2}-\d{2} \d{4}-\d{2}-\d{2}$/);
          if (query.select === 'range') assert.ok(query.from <= query.to);
        } catch (error) {
          assert.ok(error instanceof OuraError, String(error));
        }
      }),
    );
  });
});
