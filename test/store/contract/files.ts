import assert from 'node:assert/strict';
import type { FileMarks } from '../../../lib/ports/file-marks';
import type { Files } from '../../../lib/ports/files';

/** What every implementation of the ports Files and FileMarks does. */
export function filesContract(open: () => Files & FileMarks): void {
  let files: Files & FileMarks;
  beforeEach(() => {
    files = open();
  });

  it('gives back what was written last, and null where nothing is', () => {
    assert.equal(files.read('a.token'), null);
    files.write('a.token', 'first, which is the longer one');
    files.write('a.token', 'ä second\n');
    assert.equal(files.read('a.token'), 'ä second\n');
    files.write('a.token', '');
    assert.equal(files.read('a.token'), '');
  });

  it('lists names in order, only of what is there', () => {
    assert.deepEqual(files.names(), []);
    for (const name of ['b', 'a.token', 'a-b', 'gone']) files.write(name, name);
    files.remove('gone');
    assert.deepEqual(files.names(), ['a-b', 'a.token', 'b']);
  });

  it('removes, and does not mind that there is nothing to remove', () => {
    files.remove('a');
    files.write('a', 'text');
    files.remove('a');
    files.remove('a');
    assert.equal(files.read('a'), null);
    assert.deepEqual(files.names(), []);
  });

  it('creates a file once and leaves an existing one alone', () => {
    assert.equal(files.create('key', 'mine'), true);
    assert.equal(files.create('key', 'yours'), false);
    assert.equal(files.read('key'), 'mine');
    files.remove('key');
    assert.equal(files.create('key', 'yours'), true);
    assert.equal(files.read('key'), 'yours');
  });

  it('knows a file from a copy of it by its mark', () => {
    assert.equal(files.hasMark('a', 'any'), false);
    files.writeMarked('a', (mark) => mark ?? '');
    const first = files.read('a') ?? '';
    assert.equal(files.hasMark('a', first), true);
    files.writeMarked('a', (mark) => mark ?? '');
    assert.equal(files.hasMark('a', files.read('a') ?? ''), true);
    assert.equal(files.hasMark('a', first), false);
    files.write('a', first); // what putting back a backup does
    assert.equal(files.hasMark('a', first), false);
  });
}
