import type { Body } from '../metric';
import { hypnogram } from './hypnogram';
import { instantAt } from './instant-at';
import type { Instant } from './instant-of';
import { numberAt } from './number-at';

/** From falling asleep to waking up. */
export interface SleepSpan {
  readonly onset: Instant;
  readonly wake: Instant;
}

/**
 * Onset and waking: start of the first and end of the last epoch asleep; without stages bedtime_start + latency and bedtime_end.
 * Each carries the offset of its own end of the night.
 * @returns null when an end is missing or they contradict each other
 */
export function sleepSpan(body: Body): SleepSpan | null {
  const end = instantAt(body, 'bedtime_end');
  const start = instantAt(body, 'bedtime_start');
  if (start === null || end === null) return null;
  const stages = hypnogram(body);
  const latency = numberAt(body, 'latency');
  if (stages === null && latency === null) return null;
  const onsetMs = start.ms + (stages === null ? (latency ?? 0) * 1000 : stages.first * stages.stepMs);
  const wakeMs = stages === null ? end.ms : Math.min(end.ms, start.ms + (stages.last + 1) * stages.stepMs); // the last epoch may be a part
  return onsetMs > wakeMs ? null : { onset: { ms: onsetMs, offset: start.offset }, wake: { ms: wakeMs, offset: end.offset } };
}
