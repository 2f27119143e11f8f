import type { Span } from '../api/split-span';

/**
 * The stretches without rows, oldest first. A hole begins at the row before it, or where the stretch looked at begins.
 * @param times instants of the rows, epoch ms, ascending; those outside the stretch do not count
 * @param within the stretch looked at
 * @param longestMs what may lie between two rows without being a hole
 */
export function seriesHoles(times: readonly number[], { fromMs, toMs }: Span, longestMs: number): readonly Span[] {
  const inside = times.filter((time) => time >= fromMs && time < toMs);
  return [...inside, toMs].flatMap((time, index) => {
    const before = index === 0 ? fromMs : (inside[index - 1] ?? fromMs);
    return time - before > longestMs ? [{ fromMs: before, toMs: time }] : [];
  });
}
