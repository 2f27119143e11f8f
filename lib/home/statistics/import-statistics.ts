import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import type { HomeAssistant } from '../../ports/home-assistant';
import type { Statistic, StatisticRow } from './statistic';
import { statisticMetadata } from './statistic-metadata';

/**
 * Hands rows to Home Assistant, LIMITS.statisticsPerCall at a time; without rows only the name goes there. They replace rows of the same
 * hours and are written some time later: read them back.
 * @throws OuraError home_away, home_refused, timed_out; the signal's reason
 */
export async function importStatistics(
  home: HomeAssistant,
  statistic: Statistic,
  rows: readonly StatisticRow[],
  signal: AbortSignal,
): Promise<void> {
  for (let first = 0; first === 0 || first < rows.length; first += LIMITS.statisticsPerCall) {
    const version = home.facts?.version;
    if (version === undefined) throw home.problem ?? new OuraError('home_away', { host: '', reason: 'connecting' });
    const stats = rows.slice(first, first + LIMITS.statisticsPerCall).map((row) => ({ ...row, start: new Date(row.start).toISOString() }));
    const command = { type: 'recorder/import_statistics', metadata: statisticMetadata(version, statistic), stats };
    await home.call(command, signal, LIMITS.homeImportTimeoutMs);
  }
}
