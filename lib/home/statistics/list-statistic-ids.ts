import * as z from 'zod';
import { OuraError } from '../../errors/oura-error';
import type { HomeAssistant } from '../../ports/home-assistant';

const COMMAND = 'recorder/list_statistic_ids';
const answer = z.array(z.object({ statistic_id: z.string() }));

/**
 * Ids of all statistics that Home Assistant has, whoever made them.
 * @throws OuraError home_away, home_refused, timed_out; the signal's reason
 */
export async function listStatisticIds(home: HomeAssistant, signal: AbortSignal): Promise<ReadonlySet<string>> {
  const { success, data } = answer.safeParse(await home.call({ type: COMMAND }, signal));
  if (!success) throw new OuraError('home_refused', { command: COMMAND, reason: 'another answer' });
  return new Set(data.map(({ statistic_id: id }) => id));
}
