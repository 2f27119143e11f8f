const DAY_MS = 86_400_000;

/** A stretch of time, epoch ms; the end is excluded. */
export interface Span {
  readonly fromMs: number;
  readonly toMs: number;
}

/**
 * Cuts a stretch of time into pieces of at most `chunkDays` times 24 hours, oldest first, without gap or overlap; nothing when it is empty.
 * By elapsed time and not by calendar, since 30 local days with a clock change last longer than the 30 days the API is said to allow.
 */
export function splitSpan(span: Span, chunkDays: number): readonly Span[] {
  const spans: Span[] = [];
  for (let fromMs = span.fromMs; fromMs < span.toMs; fromMs += chunkDays * DAY_MS) {
    spans.push({ fromMs, toMs: Math.min(fromMs + chunkDays * DAY_MS, span.toMs) });
  }
  return spans;
}
