import type { Body } from '../metric';
import { hypnogram } from './hypnogram';

/** Runs of awake epochs between falling asleep and waking up, in the 5-minute stages only: one resolution makes nights comparable. */
export function awakenings(body: Body): number | null {
  const stages = hypnogram(body, 'sleep_phase_5_min');
  if (stages === null) return null;
  return stages.stages.slice(stages.first, stages.last + 1).match(/4+/g)?.length ?? 0;
}
