import assert from 'node:assert/strict';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openPersonStore } from '../../lib/store/open-person-store';
import { CLOCK, context, daily } from './support/build';
import { temporaryFolder } from './support/temporary-folder';

const PERSON = '0123456789ab';

describe('the store of a person', () => {
  const path = temporaryFolder();
  const open = (folder: string, storage: 'disk' | 'memory' = 'disk', personId = PERSON): ReturnType<typeof openPersonStore> =>
    openPersonStore({ folder, personId, storage, clock: CLOCK });

  it('is one file per person in a folder for the owner only', () => {
    const { store, notice } = open(path('oura/people'));
    store.close();
    assert.deepEqual([store.kind, notice], ['disk', null]);
    assert.ok(existsSync(path(`oura/people/${PERSON}.sqlite`)));
    if (process.platform === 'win32') return; // has no such modes
    assert.deepEqual(
      [path('oura'), path('oura/people')].map((folder) => statSync(folder).mode & 0o777),
      [0o700, 0o700],
    );
    assert.equal(statSync(path(`oura/people/${PERSON}.sqlite`)).mode & 0o777, 0o600);
  });

  it('LESSON: two people never share their history', () => {
    const [a, b] = [open(path('oura')).store, open(path('oura'), 'disk', 'ba9876543210').store];
    a.documents.upsert('sleep', 'start', [daily('same id', '2026-02-01', { score: 1 })], context());
    b.documents.upsert('sleep', 'start', [daily('same id', '2026-02-01', { score: 2 })], context());
    assert.deepEqual(
      [a, b].map((store) => store.documents.find('sleep', 'same id')?.body['score']),
      [1, 2],
    );
    [a, b].forEach((store) => {
      store.close();
    });
  });

  it('writes nothing to disk in memory mode', () => {
    const { store, notice } = open(path('oura'), 'memory');
    assert.deepEqual([store.kind, notice], ['memory', null]);
    assert.equal(existsSync(path('oura')), false);
  });

  it('works in memory and says why when the folder cannot be made', () => {
    writeFileSync(path('oura'), 'a file');
    const { store, notice } = open(path('oura'));
    assert.deepEqual([store.kind, notice?.code, notice?.params], ['memory', 'store_unavailable', { reason: 'EEXIST' }]);
    const [change] = store.documents.upsert('sleep', 'start', [daily('a', '2026-02-01')], context());
    assert.equal(change?.seq, 1);
    assert.equal(open(path('oura/deeper')).notice?.params['reason'], 'ENOTDIR');
  });

  it('works in memory and leaves the file as it is when it is no database', () => {
    open(path('oura')).store.close();
    const file = path(`oura/${PERSON}.sqlite`);
    writeFileSync(file, 'not a database, '.repeat(100));
    const before = readFileSync(file);
    const { store, notice } = open(path('oura'));
    assert.deepEqual([store.kind, notice?.params], ['memory', { reason: 'SQLITE_NOTADB' }]);
    assert.deepEqual(readFileSync(file), before);
  });

  it('works in memory and leaves the file as it is when a newer version wrote it', () => {
    open(path('oura')).store.close();
    const file = path(`oura/${PERSON}.sqlite`);
    const database = new DatabaseSync(file);
    database.exec('PRAGMA user_version = 7');
    database.close();
    const before = readFileSync(file);
    const { store, notice } = open(path('oura'));
    assert.deepEqual([store.kind, notice?.code, notice?.params], ['memory', 'store_newer', { version: 7 }]);
    assert.deepEqual(readFileSync(file), before);
  });
});
