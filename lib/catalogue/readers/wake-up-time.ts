import type { Body } from '../metric';
import { isoOf } from './iso-of';
import { sleepSpan } from './sleep-span';

/** When the person woke for good: end of the last epoch that is not awake, else bedtime_end. */
export function wakeUpTime(body: Body): string | null {
  const span = sleepSpan(body);
  return span === null ? null : isoOf(span.wake);
}
