import assert from 'node:assert/strict';
import { chmodSync, copyFileSync, mkdirSync, readdirSync, statSync, writeFileSync, renameSync } from 'node:fs';
import { FolderFiles } from '../../lib/store/folder-files';
import { MemoryFiles } from '../../lib/store/memory-files';
import { filesContract } from './contract/files';
import { temporaryFolder } from './support/temporary-folder';

describe('files in memory', () => {
  filesContract(() => new MemoryFiles());
});

describe('files in a folder', () => {
  const path = temporaryFolder();

  filesContract(() => new FolderFiles(path('oura')));

  it('are for the owner only, with no temporary file left', () => {
    const files = new FolderFiles(path('oura'));
    files.write('written', 'text');
    files.create('created', 'text');
    assert.deepEqual(readdirSync(path('oura')).toSorted(), ['created', 'written']);
    if (process.platform === 'win32') return; // has no such modes
    const modes = ['oura', 'oura/written', 'oura/created'].map((name) => statSync(path(name)).mode & 0o777);
    assert.deepEqual(modes, [0o700, 0o600, 0o600]);
  });

  it('are replaced as a whole: what a crash in the middle of writing left is no file, and goes with the file', () => {
    const files = new FolderFiles(path('oura'));
    files.write('a', 'old');
    writeFileSync(path('oura/a.4711.tmp'), 'ne');
    const { ino } = statSync(path('oura/a'));
    assert.deepEqual([files.read('a'), files.names()], ['old', ['a']]);
    files.write('a', 'new');
    assert.notEqual(statSync(path('oura/a')).ino, ino); // a new file took the name
    files.remove('a');
    assert.deepEqual(readdirSync(path('oura')), []);
  });

  it('are not made when the disk refuses, and the refusal is the one of the system', () => {
    mkdirSync(path('oura/a/inside'), { recursive: true });
    writeFileSync(path('file'), '');
    const files = new FolderFiles(path('oura'));
    assert.throws(
      () => {
        files.write('a', 'text');
      },
      { code: 'EISDIR' },
    );
    assert.deepEqual(readdirSync(path('oura')), ['a']);
    assert.throws(() => files.read('a'), { code: 'EISDIR' });
    assert.throws(() => new FolderFiles(path('file')).names(), { code: 'ENOTDIR' });
    assert.throws(() => new FolderFiles(path('file')).create('a', ''), { code: 'EEXIST' });
  });

  it('have another mark when they are copied away and back, also into the same place', () => {
    const files = new FolderFiles(path('oura'));
    let old = '';
    files.writeMarked('a', (mark) => {
      old = mark ?? '';
      return 'old';
    });
    assert.equal(files.hasMark('a', old), true);
    chmodSync(path('oura/a'), 0o640);
    assert.equal(files.hasMark('a', old), true); // other rights make no other file
    copyFileSync(path('oura/a'), path('backup'));
    for (let save = 0; save < 4; save += 1) files.write('a', `save ${save}`);
    copyFileSync(path('backup'), path('oura/a'));
    assert.equal(files.read('a'), 'old');
    assert.equal(files.hasMark('a', old), false);
  });

  it('are written without a mark where it would be another one at once', () => {
    const files = new FolderFiles(path('oura'));
    const given: (string | null)[] = [];
    files.writeMarked('a', (mark) => {
      given.push(mark);
      if (mark === null) return 'text';
      const [temporary = ''] = readdirSync(path('oura'));
      renameSync(path(`oura/${temporary}`), path('aside')); // as if the file got another number by its new name
      writeFileSync(path(`oura/${temporary}`), '');
      return 'text';
    });
    assert.deepEqual([given.length, given[1], files.read('a')], [2, null, 'text']);
  });
});
