import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { nextTurn } from '../../lib/async/next-turn';
import { writeArchive } from '../../lib/store/archive-file';
import { temporaryFolder } from './support/temporary-folder';

const { signal } = new AbortController();

async function* lines(text: string): AsyncGenerator<string> {
  for (let line = 0; line < 200; line += 1) {
    await nextTurn();
    yield `${text} ${line}`;
  }
}

describe('an archive', () => {
  const path = temporaryFolder();

  it('is whole, though others write the same one at the same time', async () => {
    const file = path('exports/a.jsonl');
    const sizes = await Promise.all(
      ['one', 'another one'].map((text) => writeArchive({ file, lines: lines(text), head: () => `head of ${text}` }, signal)),
    );
    const [head = '', ...rest] = readFileSync(file, 'utf8').trimEnd().split('\n');
    const text = head.trim().replace('head of ', '');
    assert.deepEqual(
      rest,
      Array.from({ length: 200 }, (_, line) => `${text} ${line}`),
    );
    assert.ok(sizes.includes(readFileSync(file).length));
    assert.deepEqual(readdirSync(path('exports')), ['a.jsonl']);
  });
});
