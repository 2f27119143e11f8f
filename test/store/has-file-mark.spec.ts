import assert from 'node:assert/strict';
import { statSync, type BigIntStats } from 'node:fs';
import { fileMark } from '../../lib/store/file-mark';
import { hasFileMark } from '../../lib/store/has-file-mark';

const REAL = statSync(__filename, { bigint: true });
/** The same but for these. */
const stats = (more: Partial<BigIntStats>): BigIntStats => Object.assign(Object.create(REAL) as BigIntStats, more); // create gives any

describe('the mark of a file', () => {
  const [then, now] = [1_000n, 2_000n];
  const written = stats({ ino: 7n, dev: 1n, birthtimeNs: then, ctimeNs: then });
  const mark = fileMark(written);
  const folder = stats({ ino: 1n, dev: 1n, birthtimeNs: 1n, ctimeNs: now });

  it('is not that of a file with another number', () => {
    assert.equal(hasFileMark(stats({ ino: 8n, dev: 1n, birthtimeNs: then, ctimeNs: now }), mark, [folder], 'linux'), false);
  });

  it('is not that of a younger file with the same number, even if all of it happened in one instant', () => {
    assert.equal(hasFileMark(stats({ ino: 7n, dev: 1n, birthtimeNs: now, ctimeNs: now }), mark, [folder], 'linux'), false);
  });

  it('stays where the file system shows the last change as the birth, tells no births, or takes them from the replaced file', () => {
    const around = [stats({ dev: 1n, birthtimeNs: now, ctimeNs: now }), stats({ dev: 2n, birthtimeNs: 1n, ctimeNs: now })];
    assert.equal(hasFileMark(stats({ ino: 7n, dev: 1n, birthtimeNs: now, ctimeNs: now }), mark, around, 'linux'), true);
    const none = [stats({ dev: 1n, birthtimeNs: 0n, ctimeNs: now })];
    assert.equal(hasFileMark(stats({ ino: 7n, dev: 1n, birthtimeNs: 0n, ctimeNs: now }), mark, none, 'linux'), true);
    assert.equal(hasFileMark(stats({ ino: 7n, dev: 1n, birthtimeNs: 1n, ctimeNs: now }), mark, [folder], 'win32'), true);
  });
});
