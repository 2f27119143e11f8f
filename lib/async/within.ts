interface Waits {
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

/**
 * Gives work a time: its signal is aborted when that is over, or with the caller's.
 * @throws what the work throws when its signal is aborted
 */
export async function within<T>(ms: number, clock: Waits, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const done = new AbortController();
  const late = new AbortController();
  clock.delay(ms, done.signal).then(
    () => {
      late.abort(new DOMException('It took too long.', 'TimeoutError'));
    },
    () => undefined, // aborted: it was done in time
  );
  try {
    return await work(AbortSignal.any([signal, late.signal]));
  } finally {
    done.abort();
  }
}
