import * as z from 'zod';
import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import type { HomeAssistant } from '../../ports/home-assistant';
import type { ReadRow } from './statistic';

const COMMAND = 'recorder/statistics_during_period';
const TYPES = ['mean', 'min', 'max', 'state', 'sum'];

const value = z.number().nullish();
const answer = z.record(
  z.string(),
  z.array(z.object({ start: z.number(), mean: value, min: value, max: value, state: value, sum: value })),
);

/** Which hours to read, epoch ms: fromMs <= start < toMs; null = to the end. */
export interface Hours {
  readonly fromMs: number;
  readonly toMs: number | null;
}

/**
 * The hours of statistics as Home Assistant has written them, oldest first; one it has nothing of is missing.
 * @throws OuraError home_away, home_refused, timed_out; the signal's reason
 */
export async function readStatistics(
  home: HomeAssistant,
  ids: readonly string[],
  { fromMs, toMs }: Hours,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, readonly ReadRow[]>> {
  if (ids.length === 0) return new Map();
  const until = toMs === null ? {} : { end_time: new Date(toMs).toISOString() };
  const command = { type: COMMAND, start_time: new Date(fromMs).toISOString(), ...until, statistic_ids: ids, period: 'hour', types: TYPES };
  const { success, data } = answer.safeParse(await home.call(command, signal, LIMITS.homeImportTimeoutMs));
  if (!success) throw new OuraError('home_refused', { command: COMMAND, reason: 'another answer' });
  return new Map(Object.entries(data));
}
