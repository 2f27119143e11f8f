import type { HomeRows } from './home-rows';
import type { StatisticsLedger } from './statistics-ledger';

/** Statistics that a node has made in one Home Assistant. */
export interface MadeStatistics {
  readonly ledger: StatisticsLedger;
  readonly owner: string;
  readonly home: string;
}

/**
 * Takes statistics away that a node has made, ours only, except those that another node keeps; then forgets them.
 * @returns ids of what was taken away
 * @throws OuraError as `HomeRows.remove`
 */
export async function clearMade(
  { ledger, owner, home }: MadeStatistics,
  ids: readonly string[],
  rows: HomeRows,
  signal: AbortSignal,
): Promise<readonly string[]> {
  const own = ids.filter((id) => !ledger.isShared(owner, home, id));
  await rows.remove(own, signal);
  if (ids.length > 0) ledger.forget(owner, home, ids);
  return own;
}
