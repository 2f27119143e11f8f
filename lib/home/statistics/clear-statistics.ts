import { LIMITS } from '../../catalogue/limits';
import type { HomeAssistant } from '../../ports/home-assistant';

/**
 * Takes statistics away with all their rows. Home Assistant does it in its own time, but before what it is told later.
 * @throws OuraError home_away, home_refused, timed_out; the signal's reason
 */
export async function clearStatistics(home: HomeAssistant, ids: readonly string[], signal: AbortSignal): Promise<void> {
  for (let first = 0; first < ids.length; first += LIMITS.statisticsPerClear)
    await home.call(
      { type: 'recorder/clear_statistics', statistic_ids: ids.slice(first, first + LIMITS.statisticsPerClear) },
      signal,
      LIMITS.homeImportTimeoutMs,
    );
}
