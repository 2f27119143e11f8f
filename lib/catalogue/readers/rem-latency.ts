import type { Body } from '../metric';
import { hypnogram } from './hypnogram';

/** Seconds from falling asleep to the first REM epoch, in the finest stages there are; null in a night without REM. */
export function remLatency(body: Body): number | null {
  const stages = hypnogram(body);
  const rem = stages === null ? -1 : stages.stages.indexOf('3');
  return stages === null || rem < 0 ? null : ((rem - stages.first) * stages.stepMs) / 1000;
}
