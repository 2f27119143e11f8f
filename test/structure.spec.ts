import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

const ROOT = path.resolve(__dirname, '..');
const LEFT_OUT = new Set(['node_modules', 'dist', 'resources', 'coverage', '.git', '.demo', '.data', '.ha']);
const BINARY = /\.(png|jpe?g|ico|sqlite|tgz|woff2?)$/;

interface SourceFile {
  /** Relative to the root, with slashes. */
  readonly name: string;
  readonly text: string;
}

function filesBelow(folder: string): readonly SourceFile[] {
  return readdirSync(path.join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    if (LEFT_OUT.has(entry.name) || BINARY.test(entry.name)) return [];
    const name = folder === '.' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(name);
    return entry.isFile() ? [{ name, text: readFileSync(path.join(ROOT, name), 'utf8') }] : [];
  });
}

/** `name:line` of every line that matches. */
function places(files: readonly SourceFile[], pattern: RegExp): readonly string[] {
  return files.flatMap(({ name, text }) =>
    text.split('\n').flatMap((line, index) => (pattern.test(line) ? [`${name}:${String(index + 1)}`] : [])),
  );
}

const lengthOf = ({ text }: SourceFile): number => text.trimEnd().split('\n').length;
const all = filesBelow('.');
const written = all.filter(({ name }) => !/^(package-lock\.json|LICENSE|test\/fixtures\/|docs\/benchmarks)/.test(name));
const code = written.filter(({ name }) => /\.(ts|mjs|cjs|js|html)$/.test(name));
const lib = code.filter(({ name }) => name.startsWith('lib/') && name.endsWith('.ts'));
const nodes = code.filter(({ name }) => name.startsWith('nodes/') && name.endsWith('.ts'));
const parts = new Map(
  code.filter(({ name }) => name.startsWith('nodes/parts/')).map(({ name, text }) => [path.basename(name, '.html'), text]),
);
const pages = code
  .filter(({ name }) => /^nodes\/(?!parts\/).*\.html$/.test(name))
  .map(({ name, text }) => ({ name, text: text.replaceAll(/<%> ([\w-]+) %>/g, (tag, part: string) => parts.get(part) ?? tag) }));

describe('the repository', () => {
  it('has the files that these rules are about', () => {
    assert.ok(lib.length > 200 && nodes.length > 8 && pages.length > 3);
  });

  it('puts nothing off', () => {
    const marks = [
      ['TO', 'DO'],
      ['FIX', 'ME'],
    ]
      .map((pieces) => pieces.join(''))
      .join('|'); // in pieces: this file is searched too
    assert.deepEqual(places(code, new RegExp(`\\b(?:${marks})\\b`)), []);
  });

  it('runs all of its tests', () => {
    const tests = code.filter(({ name }) => name.startsWith('test/'));
    assert.deepEqual(places(tests, /\b(?:describe|it|context)\.(?:only|skip)\(|\bx(?:it|describe)\(|this\.skip\(/), []);
  });

  it('keeps the files of lib below 250 lines, tables apart, and those of nodes below 60', () => {
    const long = [
      ...lib.filter((file) => !file.name.startsWith('lib/catalogue/') && lengthOf(file) > 250),
      ...nodes.filter((file) => lengthOf(file) > 60),
    ];
    assert.deepEqual(
      long.map(({ name }) => name),
      [],
    );
  });

  it('says of every function and class that others may use what it is for', () => {
    const silent = [...lib, ...nodes].flatMap(({ name, text }) =>
      [...text.matchAll(/^(.*)\nexport (?:default )?(?:abstract )?(?:async )?(?:function\*?|class) (\w+)/gm)]
        .filter(([, before = '']) => !before.trimEnd().endsWith('*/'))
        .map(([, , exported = '']) => `${name}: ${exported}`),
    );
    assert.deepEqual(silent, []);
  });

  it('names no place of the machine it was written on', () => {
    const home = os.homedir();
    const here = [ROOT, ...(home.length > 1 ? [home] : [])].map((place) => `${place}${path.sep}`);
    const found = all.filter(({ text }) => here.some((place) => text.includes(place)));
    assert.deepEqual(
      found.map(({ name }) => name),
      [],
    );
    const invented = ['test/store/sqlite/store-error.spec.ts']; // a home that the test makes up
    const homes = places(written, /(?<![\w.~])\/(?:home|Users)\/\w+/).filter((place) => !invented.some((name) => place.startsWith(name)));
    assert.deepEqual(homes, []);
  });

  it('does not pin the registry that its packages come from', () => {
    const lock = readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8');
    assert.ok(!lock.includes('"resolved"'));
  });
});

interface Texts {
  readonly [key: string]: Texts | string;
}

const LOCALES = path.join(ROOT, 'locales');
const languages = readdirSync(LOCALES);
const readTexts = (language: string, file: string): Texts => JSON.parse(readFileSync(path.join(LOCALES, language, file), 'utf8')) as Texts;

function keysOf(texts: Texts, prefix = ''): readonly string[] {
  return Object.entries(texts).flatMap(([key, value]) => (typeof value === 'string' ? [prefix + key] : keysOf(value, `${prefix}${key}.`)));
}

/** Node-RED's own texts, those of the palette's nodes and those of the editor. */
function ownKeys(): ReadonlySet<string> {
  const file = require.resolve('@node-red/nodes/locales/en-US/messages.json');
  return new Set(keysOf(JSON.parse(readFileSync(file, 'utf8')) as Texts));
}

describe('texts', () => {
  for (const language of languages) {
    it(`are complete in ${language}: the same files and the same keys as in English`, () => {
      assert.deepEqual(readdirSync(path.join(LOCALES, language)), readdirSync(path.join(LOCALES, 'en-US')));
      for (const file of readdirSync(path.join(LOCALES, language)).filter((name) => name.endsWith('.json'))) {
        assert.deepEqual(keysOf(readTexts(language, file)).toSorted(), keysOf(readTexts('en-US', file)).toSorted(), file);
      }
    });

    it(`are never empty in ${language}, and fill in the same values as in English`, () => {
      const valuesIn = (texts: Texts, key: string): readonly string[] => {
        const text = key
          .split('.')
          .reduce<Texts | string | undefined>((at, part) => (typeof at === 'object' ? at[part] : undefined), texts);
        assert.ok(typeof text === 'string' && text.trim() !== '', key);
        return [...text.matchAll(/__(\w+?)__/g)].map(([, name = '']) => name).toSorted();
      };
      for (const file of readdirSync(path.join(LOCALES, language)).filter((name) => name.endsWith('.json'))) {
        const [own, english] = [readTexts(language, file), readTexts('en-US', file)];
        for (const key of keysOf(english).filter((one) => !one.includes('<')))
          assert.deepEqual(valuesIn(own, key), valuesIn(english, key), key);
      }
    });
  }

  const shared = new Set(keysOf(readTexts('en-US', 'oura-account.json')));
  const own = ownKeys();

  /** Whether a key exists for a page of this name: in its own file, the account's, or Node-RED's. */
  function exists(page: string, key: string): boolean {
    if (key.startsWith('@oura-flows/node-red-oura/oura-account:')) return shared.has(key.slice(key.indexOf(':') + 1));
    if (key.startsWith('node-red:')) return own.has(key.slice('node-red:'.length));
    if (page === 'source') return key === '<% type %>.paletteLabel'; // made of sources.json when it is rendered
    return new Set(keysOf(readTexts('en-US', `${page}.json`))).has(key);
  }

  for (const { name, text } of pages) {
    it(`exist for everything that ${name} shows`, () => {
      const page = path.basename(name, '.html');
      const attributes = [...text.matchAll(/data-i18n="([^"]+)"/g)].flatMap(([, value = '']) => value.split(';'));
      const calls = [...text.matchAll(/(?:this|node|RED)\._\('([^']+)'/g)].map(([, key = '']) => key);
      const keys = [...attributes.map((value) => value.replace(/^\[[\w-]+\]/, '')), ...calls];
      assert.ok(keys.length > 3);
      assert.deepEqual(
        keys.filter((key) => !exists(page, key)),
        [],
      );
    });
  }

  it('exist for everything that a node shows below itself', () => {
    const keys = nodes.flatMap(({ text }) => [
      ...[...text.matchAll(/RED\._\('([\w-]+)\.([^']+)'/g)].map(([, file = '', key = '']) => ({ file, key: `${file}.${key}` })),
      ...[...text.matchAll(/sharedText\(RED, '([^']+)'/g)].map(([, key = '']) => ({ file: 'oura-account', key })),
    ]);
    assert.ok(keys.length >= 4);
    for (const { file, key } of keys) assert.ok(keysOf(readTexts('en-US', `${file}.json`)).includes(key), key);
  });

  it('exist for everything that the script of the editor says', () => {
    const said = all
      .filter(({ name }) => name.startsWith('editor/') && name.endsWith('.ts'))
      .flatMap(({ text }) =>
        [...text.matchAll(/['`](oura-(?:account|entities|home|sidebar))\.([\w.]*[\w])['`]/g)].map(([, file = '', key = '']) => ({
          file,
          key: `${file}.${key}`,
        })),
      );
    assert.ok(said.length > 50);
    const texts = said.filter(({ key }) => !/\.(?:read|write)$/.test(key)); // permissions
    const missing = texts.filter(
      ({ file, key }) => !keysOf(readTexts('en-US', `${file}.json`)).some((one) => one === key || one.startsWith(`${key}.`)),
    );
    assert.deepEqual(missing, []);
  });

  it('say of every family what it is and what its messages carry', () => {
    const { sources } = readTexts('en-US', 'sources.json') as { readonly sources: Readonly<Record<string, Texts>> };
    for (const [family, texts] of Object.entries(sources)) assert.deepEqual(Object.keys(texts), ['label', 'summary', 'payload'], family);
  });
});

describe('dialogs', () => {
  for (const { name, text } of pages) {
    it(`of ${name} save every field, and show every property a person may set`, () => {
      const isConfig = text.includes("category: 'config'");
      const prefix = isConfig ? 'node-config-input-' : 'node-input-';
      const block = (start: string): readonly string[] => {
        const at = text.indexOf(`${start}: {`);
        if (at < 0) return [];
        const body = text.slice(at, text.indexOf('\n        }', at));
        return [...body.matchAll(/^ {12}(\w+): \{/gm)].map(([, key = '']) => key);
      };
      const saved = [...block('defaults'), ...block('credentials')];
      assert.ok(saved.includes('name') && saved.includes('version'));
      const all = [...text.matchAll(/ id="([\w-]+)"/g)].map(([, id = '']) => id);
      assert.deepEqual(
        all.filter((id, index) => all.indexOf(id) !== index),
        [],
      );
      const ids = all.filter((id) => id.includes('input-'));
      const shown = ids.map((id) => {
        assert.ok(id.startsWith(prefix), id);
        return id.slice(prefix.length);
      });
      assert.deepEqual(
        shown.filter((field) => !saved.includes(field)),
        [],
      );
      assert.equal(new Set(shown).size, shown.length);
      for (const [, id = ''] of text.matchAll(/ for="([\w-]+)"/g)) assert.ok(all.includes(id), `a label for ${id}, which is not there`);
      for (const [, id = ''] of text.matchAll(/#(node-(?:config-)?input-\w+)/g)) assert.ok(ids.includes(id), `a script for ${id}`);
      const hidden = new Set(['version', 'families', 'retentionDays', 'groups', 'metrics', 'events']); // made by the dialog's script
      assert.deepEqual(
        saved.filter((field) => !shown.includes(field) && !hidden.has(field)),
        [],
      );
    });
  }

  it('have their icons', () => {
    const icons = [...pages, ...lib].flatMap(({ text }) => [...text.matchAll(/icon: '(oura-[\w-]+\.svg)'/g)].map(([, icon = '']) => icon));
    assert.ok(icons.length >= 22);
    for (const icon of icons) assert.ok(existsSync(path.join(ROOT, 'icons', icon)), icon);
  });
});
