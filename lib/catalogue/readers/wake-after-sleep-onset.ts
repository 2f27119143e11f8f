import type { Body } from '../metric';
import { hypnogram } from './hypnogram';

/** Seconds awake between falling asleep and waking up, in the finest stages there are; neither latency nor lying in afterwards. */
export function wakeAfterSleepOnset(body: Body): number | null {
  const stages = hypnogram(body);
  if (stages === null) return null;
  const awake = stages.stages.slice(stages.first, stages.last + 1).match(/4/g)?.length ?? 0;
  return (awake * stages.stepMs) / 1000;
}
