import { delay } from '../async/delay';
import { OuraError } from '../errors/oura-error';

/**
 * What a request brings, if it comes in time; the request itself is not ended by that. For adapters: this takes real time.
 * @throws OuraError `timed_out`; before that whatever the request throws
 */
export async function inTime<T>(request: Promise<T>, url: URL, timeoutMs: number): Promise<T> {
  const answered = new AbortController();
  const late = delay(timeoutMs, answered.signal).then(() => {
    throw new OuraError('timed_out', { seconds: timeoutMs / 1000, path: url.pathname });
  });
  try {
    return await Promise.race([request, late]);
  } finally {
    answered.abort();
  }
}
