/**
 * Asks for the next item while the one before is being worked on, so that neither waits for the other; one item ahead, never more.
 * @param start begins the reading; its signal is aborted when the one who iterates has had enough
 * @throws what the reading throws, when its turn comes; the signal's reason
 */
export async function* readAhead<T>(start: (signal: AbortSignal) => AsyncIterable<T>, signal: AbortSignal): AsyncGenerator<T, void, void> {
  const enough = new AbortController();
  const items = start(AbortSignal.any([signal, enough.signal]))[Symbol.asyncIterator]();
  let next = items.next();
  try {
    for (let item = await next; item.done !== true; item = await next) {
      next = items.next();
      next.catch(() => undefined); // heard when its turn comes, if it comes
      yield item.value;
    }
  } finally {
    enough.abort(new DOMException('No one reads on.', 'AbortError'));
    await next.catch(() => undefined); // nothing is under way any more when this has ended
  }
}
