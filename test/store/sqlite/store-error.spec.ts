import assert from 'node:assert/strict';
import { OuraError } from '../../../lib/errors/oura-error';
import { storeError } from '../../../lib/store/sqlite/store-error';

/** Numbers from https://www.sqlite.org/rescode.html; the extended ones keep the primary code in their low byte. */
const CODES = [
  [5, 'SQLITE_BUSY'],
  [261, 'SQLITE_BUSY'], // SQLITE_BUSY_RECOVERY
  [8, 'SQLITE_READONLY'],
  [1032, 'SQLITE_READONLY'], // SQLITE_READONLY_DBMOVED
  [10, 'SQLITE_IOERR'],
  [778, 'SQLITE_IOERR'], // SQLITE_IOERR_WRITE
  [13, 'SQLITE_FULL'],
  [14, 'SQLITE_CANTOPEN'],
  [267, 'SQLITE_CORRUPT'], // SQLITE_CORRUPT_VTAB
  [26, 'SQLITE_NOTADB'],
] as const;

describe('what is told of an error of the disk', () => {
  CODES.forEach(([errcode, reason]) => {
    it(`SQLite's ${errcode} is ${reason}`, () => {
      const error = storeError(Object.assign(new Error('at /home/anna/person.sqlite'), { code: 'ERR_SQLITE_ERROR', errcode }));
      assert.ok(error instanceof OuraError);
      assert.deepEqual([error.code, error.params], ['store_unavailable', { reason }]);
      assert.ok(!error.message.includes('anna'));
    });
  });

  it('a system error is told by its name, without the path', () => {
    const error = storeError(
      Object.assign(new Error("EROFS: read-only file system, open '/home/anna'"), { code: 'EROFS', syscall: 'open' }),
    );
    assert.ok(error instanceof OuraError);
    assert.equal(error.message, 'The database cannot be used (EROFS); data is kept in memory only.');
  });

  it('a mistake of this package is passed on as it is', () => {
    const constraint = Object.assign(new Error('FOREIGN KEY constraint failed'), { code: 'ERR_SQLITE_ERROR', errcode: 787 });
    [constraint, new TypeError('x'), 'text', new OuraError('store_newer', { version: 2 })].forEach((cause) => {
      assert.equal(storeError(cause), cause);
    });
  });
});
