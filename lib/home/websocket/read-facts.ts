import { LIMITS } from '../../catalogue/limits';
import type { Clock } from '../../ports/clock';
import type { HomeAssistantFacts } from '../../ports/home-assistant';
import type { HomeSocket } from './home-socket';

/**
 * Who Home Assistant is and whose token we have, as soon as it has started.
 * @throws OuraError home_away, home_refused, timed_out; the signal's reason
 */
export async function readFacts(socket: HomeSocket, clock: Clock, signal: AbortSignal): Promise<HomeAssistantFacts> {
  const user = await socket.call({ type: 'auth/current_user' }, LIMITS.homeCallTimeoutMs, signal);
  while (textIn(await socket.call({ type: 'get_config' }, LIMITS.homeCallTimeoutMs, signal), 'state') !== 'RUNNING')
    await clock.delay(LIMITS.homeStartPollMs, signal);
  return { version: socket.version, isAdmin: typeof user === 'object' && user !== null && 'is_admin' in user && user.is_admin === true };
}

function textIn(answer: unknown, field: 'state'): unknown {
  return typeof answer === 'object' && answer !== null && field in answer ? (answer as Record<'state', unknown>)[field] : null;
}
