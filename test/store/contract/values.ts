import assert from 'node:assert/strict';

interface Values {
  load(key: string): unknown;
  save(key: string, value: unknown): unknown;
}

/** What SyncState and Settings have in common: one JSON value per key. */
export function valuesContract(open: () => Values): void {
  let values: Values;
  beforeEach(() => {
    values = open();
  });

  it('gives back what was saved last, and undefined for a key never saved', () => {
    assert.equal(values.load('cursor'), undefined);
    values.save('cursor', { from: '2026-02-01', pages: [1, null] });
    values.save('other', 'x');
    values.save('cursor', { from: '2026-02-02', pages: [] });
    assert.deepEqual(values.load('cursor'), { from: '2026-02-02', pages: [] });
  });

  it('knows null, zero, false and the empty text as values', () => {
    [null, 0, false, ''].forEach((value) => {
      values.save('key', value);
      assert.equal(values.load('key'), value);
    });
  });

  it('forgets a key that is saved as undefined', () => {
    values.save('key', 1);
    values.save('key', undefined);
    values.save('never', undefined);
    assert.equal(values.load('key'), undefined);
  });

  it('takes any text as key', () => {
    ['', '__proto__', 'constructor', 'ä "quoted"\n', '7'].forEach((key, index) => {
      values.save(key, index);
      assert.equal(values.load(key), index);
    });
  });

  it('is not touched by what callers do to the values they handed in or got', () => {
    const value = { list: [1] };
    values.save('key', value);
    value.list.push(2);
    (values.load('key') as typeof value).list.push(3); // the value above
    assert.deepEqual(values.load('key'), { list: [1] });
  });
}
