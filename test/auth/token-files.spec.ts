import assert from 'node:assert/strict';
import { copyFileSync, cpSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { systemRandom } from '../../lib/async/system-random';
import { TokenFiles, type TokenFilesOptions } from '../../lib/auth/token-files';
import { OuraError } from '../../lib/errors/oura-error';
import type { TokenSet } from '../../lib/ports/token-store';
import { FolderFiles } from '../../lib/store/folder-files';
import { MemoryFiles } from '../../lib/store/memory-files';
import { temporaryFolder } from '../store/support/temporary-folder';
import { RefusingFiles } from './support/refusing-files';

const TOKENS: TokenSet = {
  accessToken: 'sentinel-access',
  refreshToken: 'sentinel-refresh',
  expiresAt: 1_790_000_000_000,
  obtainedAt: 1_780_000_000_000,
  scopes: ['daily', 'sentinel'],
  tokenUrl: 'https://api.ouraring.com/sentinel',
  clientId: 'sentinel-client',
};

function contract(open: () => TokenFilesOptions): void {
  let options: TokenFilesOptions;
  let store: TokenFiles;
  beforeEach(() => {
    options = open();
    store = new TokenFiles(options);
  });

  it('are there again, also after a restart', () => {
    assert.equal(store.load('a'), null);
    store.save('a', TOKENS);
    store.save('a', { ...TOKENS, refreshToken: 'newer' });
    for (const one of [store, new TokenFiles(options)])
      assert.deepEqual(one.load('a'), { tokens: { ...TOKENS, refreshToken: 'newer' }, foreign: false });
  });

  it('are those of the account that is asked for', () => {
    store.save('b.c-d_E', { ...TOKENS, clientId: 'of b' });
    store.save('a', TOKENS);
    assert.deepEqual(store.accounts(), ['a', 'b.c-d_E']);
    store.remove('a');
    store.remove('a');
    assert.deepEqual([store.load('a'), store.load('b.c-d_E')?.tokens.clientId], [null, 'of b']);
    assert.deepEqual(store.accounts(), ['b.c-d_E']);
  });

  for (const id of ['', '.', '..', '.hidden', '../a', 'a/b', 'a\\b', 'a b', 'ä', 'a\0', 'a\n', '-a', 'x'.repeat(65)]) {
    it(`are kept for no account with a name like a path: ${JSON.stringify(id.slice(0, 9))}`, () => {
      const calls = [
        () => store.load(id),
        () => {
          store.save(id, TOKENS);
        },
        () => {
          store.remove(id);
        },
      ];
      for (const call of calls) assert.throws(call, { code: 'unexpected' });
      assert.deepEqual(options.files.names(), []);
    });
  }

  it('cannot be read once a file is another account’s, or damaged anywhere', () => {
    store.save('a', TOKENS);
    const text = options.files.read('a.token') ?? '';
    options.files.write('b.token', text);
    assert.throws(() => store.load('b'), { code: 'tokens_unreadable' });
    const damaged = Array.from(text, (letter, at) => text.slice(0, at) + (letter === 'A' ? 'B' : 'A') + text.slice(at + 1));
    let readable = 0;
    for (const one of [...damaged, text.slice(1), `${text}.`, '', '{}', 'v1...']) {
      options.files.write('a.token', one);
      try {
        assert.deepEqual(store.load('a')?.tokens, TOKENS);
        readable += 1;
      } catch (error) {
        assert.ok(error instanceof OuraError && error.code === 'tokens_unreadable', String(error));
      }
    }
    assert.ok(readable <= 2, String(readable)); // the last letters of two parts hold bits that mean nothing
  });

  it('are known to come from a copy: put back from a backup, or written by another installation', () => {
    store.save('a', TOKENS);
    const backup = options.files.read('a.token') ?? '';
    assert.equal(new TokenFiles({ ...options, installation: 'there' }).load('a')?.foreign, true);
    options.files.write('a.token', backup);
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: true });
    store.save('a', TOKENS);
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: false });
  });

  it('survive as they are, whatever they hold', () => {
    const text = fc.string({ unit: 'binary', minLength: 1 });
    const instant = fc.integer({ min: -1e15, max: 1e15 });
    const sets = fc.record(
      {
        accessToken: text,
        refreshToken: text,
        expiresAt: fc.option(instant),
        obtainedAt: instant,
        scopes: fc.option(fc.array(text)),
        tokenUrl: text,
        clientId: text,
      },
      { noNullPrototype: true },
    );
    const ids = fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9._-]{0,20}$/);
    fc.assert(
      fc.property(ids, sets, fc.string({ minLength: 1 }), (id, tokens, secret) => {
        const kept = new TokenFiles({ ...options, secrets: () => [secret] });
        kept.save(id, tokens);
        assert.deepEqual(kept.load(id)?.tokens, tokens);
      }),
      { numRuns: 40 },
    );
  });
}

describe('kept tokens', () => {
  const path = temporaryFolder();
  const open = (...secrets: readonly (string | null)[]): TokenFilesOptions => ({
    files: new FolderFiles(path('oura')),
    random: systemRandom,
    secrets: () => secrets,
    installation: 'here',
  });

  describe('in files, with the secret of Node-RED', () => {
    contract(() => open('the secret of Node-RED'));
  });

  describe('in files, with a key of their own', () => {
    contract(() => open(null));
  });

  describe('in memory', () => {
    contract(() => ({ files: new MemoryFiles(), random: systemRandom, secrets: () => ['secret'], installation: 'here' }));
  });

  it('are in no file in plain text, and the files are for the owner only', () => {
    for (const secret of ['the secret', null]) new TokenFiles(open(secret)).save('a', TOKENS);
    assert.deepEqual(readdirSync(path('oura')).toSorted(), ['a.token', 'token.key']);
    for (const name of readdirSync(path('oura'))) {
      assert.doesNotMatch(readFileSync(path(`oura/${name}`), 'latin1'), /sentinel|the secret/);
      if (process.platform !== 'win32') assert.equal(statSync(path(`oura/${name}`)).mode & 0o777, 0o600);
    }
    assert.equal(Buffer.from(readFileSync(path('oura/token.key'), 'utf8'), 'base64').length, 32);
  });

  it('are written with a new random part each time, so that equal ones look different', () => {
    const store = new TokenFiles(open('secret'));
    const written = [0, 1, 2].map(() => {
      store.save('a', TOKENS);
      return readFileSync(path('oura/a.token'), 'utf8');
    });
    assert.equal(new Set(written.map((text) => text.split('.')[1])).size, 3);
  });

  it('cannot be read with another secret, stay there, and can be replaced or removed', () => {
    const options = open('the secret');
    const store = new TokenFiles(options);
    store.save('a', TOKENS);
    store.save('b', TOKENS);
    const other = new TokenFiles({ ...options, secrets: () => ['another secret'] });
    assert.throws(() => other.load('a'), { code: 'tokens_unreadable' });
    assert.deepEqual(store.load('a')?.tokens, TOKENS);
    other.save('a', { ...TOKENS, clientId: 'new' });
    assert.equal(other.load('a')?.tokens.clientId, 'new');
    other.remove('b');
    assert.equal(store.load('b'), null);
  });

  it('are still there when Node-RED makes its secret after them, and when a person chooses one after that', () => {
    const now: string[] = [];
    const store = new TokenFiles({ ...open(), secrets: () => now });
    store.save('a', TOKENS);
    now.push('made');
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: false });
    rmSync(path('oura/token.key'));
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: false });
    now.unshift('chosen');
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: false });
    assert.deepEqual(new TokenFiles(open('chosen')).load('a'), { tokens: TOKENS, foreign: false });
  });

  it('are all saved with the newest secret on demand, but for those that nothing opens', () => {
    new TokenFiles(open('lost')).save('b', TOKENS);
    for (const id of ['a', 'c']) new TokenFiles(open('made')).save(id, TOKENS);
    new TokenFiles(open('chosen', 'made')).renewSecrets();
    const store = new TokenFiles(open('chosen'));
    for (const id of ['a', 'c']) assert.deepEqual(store.load(id)?.tokens, TOKENS);
    assert.throws(() => store.load('b'), { code: 'tokens_unreadable' });
    assert.deepEqual(new TokenFiles(open('lost')).load('b')?.tokens, TOKENS);
  });

  it('go back to a key of their own when Node-RED stops encrypting', () => {
    new TokenFiles(open('made')).save('a', TOKENS);
    assert.deepEqual(new TokenFiles(open(null, 'made')).load('a')?.tokens, TOKENS);
    assert.deepEqual(new TokenFiles(open()).load('a')?.tokens, TOKENS);
  });

  it('of a copy stay known as such with a new secret', () => {
    new TokenFiles(open('made')).save('a', TOKENS);
    copyFileSync(path('oura/a.token'), path('a.backup'));
    new TokenFiles(open('made')).save('a', TOKENS);
    copyFileSync(path('a.backup'), path('oura/a.token'));
    for (const secrets of [['chosen', 'made'], ['chosen']])
      assert.deepEqual(new TokenFiles(open(...secrets)).load('a'), { tokens: TOKENS, foreign: true });
  });

  it('are not written anew under a renewal that a killed program has left behind', () => {
    const options = open('made');
    new TokenFiles(options).save('a', TOKENS);
    options.files.write('a.renewing-1', '');
    const before = readFileSync(path('oura/a.token'), 'utf8');
    assert.deepEqual(new TokenFiles(open('chosen', 'made')).load('a')?.tokens, TOKENS);
    assert.equal(readFileSync(path('oura/a.token'), 'utf8'), before);
  });

  it('can be used with a new secret though nothing can be written', () => {
    const files = new RefusingFiles(new MemoryFiles());
    new TokenFiles({ ...open('made'), files }).save('a', TOKENS);
    files.refuses = () => true;
    assert.deepEqual(new TokenFiles({ ...open('chosen', 'made'), files }).load('a')?.tokens, TOKENS);
  });

  it('share one key of their own, and are lost with it', () => {
    const store = new TokenFiles(open(null));
    store.save('a', TOKENS);
    const key = readFileSync(path('oura/token.key'), 'utf8');
    store.save('b', TOKENS);
    assert.equal(readFileSync(path('oura/token.key'), 'utf8'), key);
    rmSync(path('oura/token.key'));
    assert.throws(() => store.load('a'), { code: 'tokens_unreadable' });
    store.save('b', TOKENS);
    assert.notEqual(readFileSync(path('oura/token.key'), 'utf8'), key);
    assert.deepEqual(new TokenFiles(open(null)).load('b')?.tokens, TOKENS);
  });

  it('can be saved again after a crash left half a key', () => {
    mkdirSync(path('oura'));
    writeFileSync(path('oura/token.key'), 'aGFsZg==');
    const store = new TokenFiles(open(null));
    assert.equal(store.load('a'), null);
    store.save('a', TOKENS);
    assert.deepEqual(store.load('a')?.tokens, TOKENS);
  });

  it('cannot be saved when the disk refuses, which is said by the system’s name for it; the old ones stay', () => {
    const store = new TokenFiles(open('secret'));
    store.save('a', TOKENS);
    rmSync(path('oura/a.token'));
    mkdirSync(path('oura/a.token/inside'), { recursive: true });
    assert.throws(
      () => {
        store.save('a', TOKENS);
      },
      { code: 'tokens_unsaved', params: { reason: 'EISDIR' } },
    );
    assert.throws(() => store.load('a'), { code: 'tokens_unsaved', params: { reason: 'EISDIR' } });
    writeFileSync(path('file'), '');
    const nowhere = new TokenFiles({ ...open('secret'), files: new FolderFiles(path('file')) });
    assert.throws(
      () => {
        nowhere.save('a', TOKENS);
      },
      { code: 'tokens_unsaved' },
    );
    assert.throws(() => nowhere.accounts(), { code: 'tokens_unsaved', params: { reason: 'ENOTDIR' } });
  });

  it('put back as a file or with the whole folder are known to be a copy', () => {
    const store = new TokenFiles(open('secret'));
    store.save('a', TOKENS);
    copyFileSync(path('oura/a.token'), path('a.backup'));
    cpSync(path('oura'), path('backup'), { recursive: true, preserveTimestamps: true });
    for (let save = 0; save < 3; save += 1) store.save('a', { ...TOKENS, refreshToken: `newer ${save}` });
    copyFileSync(path('a.backup'), path('oura/a.token'));
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: true });
    rmSync(path('oura'), { recursive: true });
    cpSync(path('backup'), path('oura'), { recursive: true, preserveTimestamps: true });
    assert.deepEqual(store.load('a'), { tokens: TOKENS, foreign: true });
  });

  it('show in no dump of the store', () => {
    const store = new TokenFiles({ ...open('sentinel'), files: new MemoryFiles() });
    store.save('a', TOKENS);
    assert.doesNotMatch(inspect(store, { depth: 9, showHidden: true }), /sentinel/);
  });
});
