import type { Subscribers } from '../../lib/async/subscribers';
import { systemClock } from '../../lib/async/system-clock';
import { LIMITS } from '../../lib/catalogue/limits';

/** Resolves when something is idle, or after LIMITS.clearTimeoutMs. @param changes tells when to look again */
export async function idleOrLate(isIdle: () => boolean, changes: Subscribers<undefined>): Promise<void> {
  const idle = new AbortController();
  const look = (): void => {
    if (isIdle()) idle.abort();
  };
  const end = changes.add(look);
  look();
  await systemClock.delay(LIMITS.clearTimeoutMs, idle.signal).catch((cause: unknown) => {
    if (!idle.signal.aborted) throw cause;
  });
  end();
}
