import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { accountConfig } from '../../lib/sync/account-config';
import { migrate, versionOf, type Saved } from '../../nodes/support/migrate';

const ROOT = path.resolve(__dirname, '../..');
const FOLDER = path.join(ROOT, 'test/fixtures/flows');
const flows = readdirSync(FOLDER).filter((file) => file.endsWith('.json'));
const nodesOf = (file: string): readonly Saved[] => JSON.parse(readFileSync(path.join(FOLDER, file), 'utf8')) as Saved[];

describe('flows of earlier versions', () => {
  for (const file of flows) {
    it(`${file} come up to date, and mean what they meant`, () => {
      const ours = nodesOf(file).filter(({ type }) => String(type).startsWith('oura-'));
      assert.ok(ours.length > 3);
      for (const saved of ours) {
        const type = String(saved['type']);
        const before = structuredClone(saved);
        const migrated = migrate(type, saved);
        assert.equal(migrated['version'], versionOf(type), type);
        assert.deepEqual(saved, before); // pure
        for (const [key, value] of Object.entries(saved)) if (key !== 'version') assert.deepEqual(migrated[key], value, key);
        if (type === 'oura-account') assert.deepEqual(accountConfig(migrated, {}), accountConfig(saved, {}));
        assert.deepEqual(migrate(type, migrated), migrated);
      }
    });
  }

  it('get what later versions added', () => {
    assert.equal(migrate('oura-account', { version: 1 })['onRemove'], 'keep');
    assert.equal(migrate('oura-account', { version: 1, onRemove: 'delete' })['onRemove'], 'delete');
    assert.equal(migrate('oura-account', {})['version'], versionOf('oura-account')); // the first ones carried no version
  });

  it('of a version later than this one stay as they are', () => {
    const saved = { version: 99, mode: 'telepathy' };
    assert.equal(migrate('oura-account', saved), saved);
  });
});

describe('the version of nodes', () => {
  const folders = ['account', 'data', 'home', 'sources'].map((folder) => `nodes/${folder}`);
  const pages = folders.flatMap((folder) =>
    readdirSync(path.join(ROOT, folder))
      .filter((file) => file.endsWith('.html'))
      .map((file) => `${folder}/${file}`),
  );
  for (const page of pages) {
    it(`is the one that ${page} saves`, () => {
      const text = readFileSync(path.join(ROOT, page), 'utf8');
      const type = page.endsWith('source.html') ? 'oura-sleep' : path.basename(page, '.html');
      assert.equal(Number(/version: \{ value: (\d+) \}/.exec(text)?.[1]), versionOf(type));
    });
  }
});
