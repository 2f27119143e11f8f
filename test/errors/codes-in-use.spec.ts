import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { ERROR_CODES } from '../../lib/errors/error-codes';

const ROOT = path.resolve(__dirname, '../..');

const source = ['lib', 'nodes']
  .flatMap((folder) =>
    readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' }).map((file) => path.join(ROOT, folder, file)),
  )
  .filter((file) => file.endsWith('.ts') && !file.endsWith('error-codes.ts'))
  .map((file) => readFileSync(file, 'utf8'))
  .join('\n');

describe('codes of errors', () => {
  it('are all used by the package', () => {
    for (const code of Object.keys(ERROR_CODES)) assert.ok(source.includes(`'${code}'`), `${code} is never thrown`);
  });

  it('come with every parameter that their text fills in, wherever they are thrown', () => {
    let seen = 0;
    for (const [, code = '', params = ''] of source.matchAll(/new OuraError\('(\w+)'(?:, (\{[^}]*\}))?/g)) {
      const { message } = ERROR_CODES[code as keyof typeof ERROR_CODES]; // the type check knows no other code
      for (const [, name = ''] of message.matchAll(/\{(\w+)\}/g))
        assert.match(params, new RegExp(`\\b${name}\\b`), `${code} lacks ${name}`);
      seen += 1;
    }
    assert.ok(seen > 20);
  });
});
