import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { stateLook } from '../../../editor/sidebar/state-look';
import { CHECKS } from '../../../lib/accounts/checks';
import { REASONS } from '../../../lib/catalogue/reasons';

interface Texts {
  readonly [key: string]: Texts | string;
}

const ROOT = path.resolve(__dirname, '../../..');
const textsOf = (file: string): Texts => JSON.parse(readFileSync(path.join(ROOT, 'locales/en-US', file), 'utf8')) as Texts;
const [own, shared] = [textsOf('oura-sidebar.json'), textsOf('oura-account.json')];

function textAt(texts: Texts, key: string): unknown {
  return key.split('.').reduce<Texts | string | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), texts);
}

const source = readdirSync(path.join(ROOT, 'editor/sidebar'))
  .filter((name) => name.endsWith('.ts'))
  .map((name) => readFileSync(path.join(ROOT, 'editor/sidebar', name), 'utf8'))
  .join('\n');

describe('the texts of the sidebar', () => {
  it('are there for every key that it names, and none is left over', () => {
    const named = [...source.matchAll(/\b(?:t|sideTexts)\(\s*'(oura-sidebar\.[\w.]+)'/g)].map(([, key = '']) => key);
    assert.ok(named.length > 25);
    for (const key of named) assert.equal(typeof textAt(own, key), 'string', key);
    const made = [...source.matchAll(/\bt\(\s*`((?:oura-sidebar|check)\.[\w.]*)\$\{/g)].map(([, prefix = '']) => prefix);
    for (const prefix of made) assert.equal(typeof textAt(own, prefix.slice(0, -1)), 'object', prefix);
    const all = (texts: Texts, at: string): readonly string[] =>
      Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [at + key] : all(value, `${at}${key}.`)));
    const unused = all(own, '').filter((key) => !named.includes(key) && !made.some((prefix) => key.startsWith(prefix)));
    assert.deepEqual(unused, []);
  });

  it('name every check, and nothing that is none', () => {
    const names = own['check'] ?? {};
    assert.deepEqual(
      Object.keys(names),
      CHECKS.map(({ key }) => key),
    );
  });

  it('say of every reason what it is and what to do', () => {
    assert.deepEqual(Object.keys(shared['reason'] ?? {}).toSorted(), [...REASONS].toSorted());
    for (const reason of REASONS) assert.deepEqual(Object.keys((shared['reason'] as Texts)[reason] ?? {}), ['label', 'remedy'], reason);
  });

  it('come with an icon of its own for every state', () => {
    const states = Object.keys(shared['state'] ?? {});
    const icons = states.map((kind) => stateLook({ kind }).icon);
    assert.equal(new Set(icons).size, states.length);
    assert.ok(!icons.includes('fa-question-circle'));
  });
});
