import type { Body } from '../metric';
import { isoOf } from './iso-of';
import { sleepSpan } from './sleep-span';

/** When the person fell asleep: start of the first epoch that is not awake, else bedtime_start + latency. */
export function sleepOnset(body: Body): string | null {
  const span = sleepSpan(body);
  return span === null ? null : isoOf(span.onset);
}
