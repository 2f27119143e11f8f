const DAY_MS = 86_400_000;
const HOUR_MS = 3_600_000;
/** Hour at which the simulated persons sleep: no ring syncs by itself while the tests run. */
const QUIET_HOUR = 4;

/** The last time it was the quiet hour, in UTC. */
export function lastQuietHour(): string {
  const now = Date.now() - QUIET_HOUR * HOUR_MS;
  return new Date(now - (now % DAY_MS) + QUIET_HOUR * HOUR_MS).toISOString();
}
