import type { Body } from '../metric';
import { instantAt } from './instant-at';
import type { Instant } from './instant-of';
import { textAt } from './text-at';

/** Sleep stages at a fixed step from the start of the period: 1 deep, 2 light, 3 REM, 4 awake. */
export interface Hypnogram {
  readonly stages: string;
  readonly stepMs: number;
  readonly start: Instant;
  /** First and last epoch that is asleep, as indices. */
  readonly first: number;
  readonly last: number;
}

const ASLEEP = /[123]/;
/** The finest first: it places onset and waking best. */
const FIELDS = [
  ['sleep_phase_30_sec', 30_000],
  ['sleep_phase_5_min', 300_000],
] as const;

/**
 * The stages of a sleep period.
 * @param only a field to use whatever else there is (counts depend on the resolution)
 * @returns null without stages, or when no epoch is asleep
 */
export function hypnogram(body: Body, only?: 'sleep_phase_5_min'): Hypnogram | null {
  const start = instantAt(body, 'bedtime_start');
  if (start === null) return null;
  for (const [field, stepMs] of FIELDS) {
    const stages = only === undefined || only === field ? textAt(body, field) : null;
    const first = stages === null ? -1 : stages.search(ASLEEP);
    if (stages !== null && first >= 0) return { stages, stepMs, start, first, last: lastAsleep(stages) };
  }
  return null;
}

function lastAsleep(stages: string): number {
  for (let index = stages.length - 1; index > 0; index -= 1) if (ASLEEP.test(stages.charAt(index))) return index;
  return 0;
}
