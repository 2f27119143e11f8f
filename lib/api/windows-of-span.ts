import type { Window } from '../catalogue/endpoint';
import type { Query } from './query';
import { type Span, splitSpan } from './split-span';

/** The windows that together ask for all rows of a stretch of time, oldest first. */
export function windowsOfSpan({ chunkDays }: Window, span: Span): readonly Query[] {
  return splitSpan(span, chunkDays).map(({ fromMs, toMs }) => ({ start_datetime: instant(fromMs), end_datetime: instant(toMs) }));
}

/** In UTC with `Z`: an offset's `+` is easily lost on the way. */
function instant(ms: number): string {
  return new Date(ms).toISOString().replace('.000Z', 'Z');
}
