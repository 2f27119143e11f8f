import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { installationOf } from '../../nodes/support/installation-of';
import { temporaryFolder } from '../store/support/temporary-folder';

describe('the mark of an installation', () => {
  const path = temporaryFolder();
  beforeEach(() => {
    mkdirSync(path('etc'));
    mkdirSync(path('run'));
  });
  const on = (machine: string, folder = '/data/oura'): string => {
    writeFileSync(path('etc/machine-id'), `${machine}\n`);
    return installationOf(folder, path('.'));
  };

  it('differs between folders and between machines, and is the same after a restart', () => {
    assert.equal(on('a'), on('a'));
    assert.equal(new Set([on('a'), on('b'), on('a', '/other/oura')]).size, 3);
    assert.doesNotMatch(on('machine', '/data/oura'), /machine|data/);
  });

  for (const sign of ['.dockerenv', 'run/.containerenv']) {
    it(`is the same in a container that was made anew (${sign})`, () => {
      writeFileSync(path(sign), '');
      assert.equal(on('a'), on('b'));
      rmSync(path('etc/machine-id'));
      assert.equal(installationOf('/data/oura', path('.')), on('a'));
    });
  }
});
