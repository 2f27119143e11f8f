import type { HomeRows } from './home-rows';

/**
 * The last sum that Home Assistant has of each statistic before a time of its own; 0 = none.
 * @param begins epoch ms by id
 * @param nearMs from when on it is looked for at first: that is little to read
 * @throws OuraError as HomeRows; the signal's reason
 */
export async function sumsBefore(
  rows: HomeRows,
  begins: ReadonlyMap<string, number>,
  nearMs: number,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const toMs = Math.max(...begins.values());
  for (const fromMs of [nearMs, 0]) {
    const left = [...begins.keys()].filter((id) => !found.has(id));
    const rowsEach = Math.max(1, Math.ceil((toMs - fromMs) / DAY_MS));
    for (const [id, there] of await rows.read(left, { fromMs, toMs }, rowsEach, signal)) {
      const sum = there.findLast(({ start }) => start < (begins.get(id) ?? toMs))?.sum ?? null;
      if (sum !== null) found.set(id, sum);
    }
  }
  return new Map([...begins.keys()].map((id) => [id, found.get(id) ?? 0]));
}

const DAY_MS = 86_400_000;
