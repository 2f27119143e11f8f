import { LIMITS } from '../../lib/catalogue/limits';
import type { Clock } from '../../lib/ports/clock';

/**
 * The engine's clock. Between two plans the engine looks at the wall clock each minute, because machines sleep and clocks are set; nobody
 * does that here, so that wait lasts until the next plan.
 */
export function engineClock(base: Clock, nextPlanAt: () => number | null): Clock {
  return {
    now: () => base.now(),
    delay: (ms, signal) => base.delay(ms === LIMITS.clockCheckMs ? Math.max(ms, (nextPlanAt() ?? 0) - base.now()) : ms, signal),
  };
}
