interface Waits {
  now(): number;
  delay(ms: number, signal: AbortSignal): Promise<void>;
}

const STEP_MS = 60_000;

/** Waits until the clock shows `at`. Looks at the wall clock every minute: machines sleep, and clocks are set. */
export async function delayUntil(at: number, clock: Waits, signal: AbortSignal): Promise<void> {
  for (let left = at - clock.now(); left > 0; left = at - clock.now()) await clock.delay(Math.min(left, STEP_MS), signal);
}
