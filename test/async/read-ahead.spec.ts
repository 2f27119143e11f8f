import assert from 'node:assert/strict';
import { nextTurn } from '../../lib/async/next-turn';
import { readAhead } from '../../lib/async/read-ahead';

describe('reading ahead', () => {
  const never = new AbortController().signal;

  async function collect(pages: AsyncIterable<number>): Promise<readonly number[]> {
    const seen: number[] = [];
    for await (const page of pages) seen.push(page);
    return seen;
  }

  it('gives everything in order', async () => {
    async function* pages(): AsyncGenerator<number> {
      for (let page = 0; page < 5; page += 1) {
        await nextTurn();
        yield page;
      }
    }
    assert.deepEqual(await collect(readAhead(() => pages(), never)), [0, 1, 2, 3, 4]);
  });

  it('asks for the next page while the one before is worked on, and not for the one after that', async () => {
    const asked: number[] = [];
    async function* pages(): AsyncGenerator<number> {
      for (let page = 0; page < 4; page += 1) {
        asked.push(page);
        await nextTurn();
        yield page;
      }
    }
    for await (const page of readAhead(() => pages(), never)) {
      for (let turn = 0; turn < 5; turn += 1) await nextTurn();
      assert.deepEqual(asked, [0, 1, 2, 3].slice(0, page + 2));
    }
  });

  it('hands out what came before a failure, then the failure', async () => {
    async function* pages(): AsyncGenerator<number> {
      yield 1;
      await nextTurn();
      throw new Error('page two is lost');
    }
    const seen: number[] = [];
    const read = async (): Promise<void> => {
      for await (const page of readAhead(() => pages(), never)) {
        seen.push(page);
        for (let turn = 0; turn < 5; turn += 1) await nextTurn(); // the failure is there by now, and must not be unheard
      }
    };
    await assert.rejects(read(), /page two is lost/);
    assert.deepEqual(seen, [1]);
  });

  it('ends the request under way when the work on a page fails, and leaves nothing behind', async () => {
    let ended = '';
    async function* pages(signal: AbortSignal): AsyncGenerator<number> {
      yield 1;
      await new Promise((_, reject) => {
        signal.addEventListener('abort', () => {
          ended = 'aborted';
          reject(signal.reason as Error);
        });
      });
    }
    const work = async (): Promise<void> => {
      for await (const page of readAhead(pages, never)) throw new Error(`page ${page} cannot be stored`);
    };
    await assert.rejects(work(), /page 1 cannot be stored/);
    assert.equal(ended, 'aborted');
  });

  it('is ended by the signal of whoever reads', async () => {
    const stop = new AbortController();
    async function* pages(signal: AbortSignal): AsyncGenerator<number> {
      for (let page = 0; ; page += 1) {
        await nextTurn();
        signal.throwIfAborted();
        yield page;
      }
    }
    const read = async (): Promise<void> => {
      for await (const page of readAhead(pages, stop.signal)) if (page === 3) stop.abort(new Error('stopped'));
    };
    await assert.rejects(read(), /stopped/);
  });
});
