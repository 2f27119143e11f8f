import type { Body } from '../metric';
import { isoOf } from './iso-of';
import { sleepSpan } from './sleep-span';

/** Halfway between falling asleep and waking up, computed on instants (right over a clock change), in the offset of the morning. */
export function sleepMidpoint(body: Body): string | null {
  const span = sleepSpan(body);
  return span === null ? null : isoOf({ ms: span.onset.ms + (span.wake.ms - span.onset.ms) / 2, offset: span.wake.offset });
}
