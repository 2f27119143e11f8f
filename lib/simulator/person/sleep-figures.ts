import { PHASE } from './hypnogram';
import { roundTo } from './round-to';
import type { SleepRecording } from './sleep-recording';
import { MS } from './units';

/** What Oura derives from a recording. Durations in seconds; null = not measured. */
export interface SleepFigures {
  readonly deep: number;
  readonly light: number;
  readonly rem: number;
  readonly awake: number;
  readonly total: number;
  readonly inBed: number;
  readonly latency: number;
  /** whole % */
  readonly efficiency: number;
  readonly restless: number;
  readonly averageHeart: number | null;
  readonly lowestHeart: number | null;
  readonly averageHrv: number | null;
  /** Part of the night (0 to 1) at which the heart rate was lowest. */
  readonly lowestAt: number | null;
}

const SECONDS_PER_EPOCH = 30;

/** Figures of a recording: durations are counts of its 30-s phases, latency is the time before the first one asleep. */
export function sleepFigures(recording: SleepRecording): SleepFigures {
  const counts = { [PHASE.deep]: 0, [PHASE.light]: 0, [PHASE.rem]: 0, [PHASE.awake]: 0 };
  for (const phase of recording.phases) if (isPhase(phase)) counts[phase] += SECONDS_PER_EPOCH;
  const inBed = (recording.end - recording.start) / MS.second;
  const total = inBed - counts[PHASE.awake];
  const asleep = recording.phases.findIndex((phase) => phase !== PHASE.awake);
  return {
    deep: counts[PHASE.deep],
    light: counts[PHASE.light],
    rem: counts[PHASE.rem],
    awake: counts[PHASE.awake],
    total,
    inBed,
    latency: asleep === -1 ? inBed : asleep * SECONDS_PER_EPOCH,
    efficiency: Math.round((100 * total) / inBed),
    restless: recording.movement.split(/1+/).filter((run) => run !== '').length,
    ...heartFigures(recording),
  };
}

function isPhase(value: number): value is (typeof PHASE)[keyof typeof PHASE] {
  return value >= PHASE.deep && value <= PHASE.awake;
}

function heartFigures({ samples }: SleepRecording): Pick<SleepFigures, 'averageHeart' | 'lowestHeart' | 'averageHrv' | 'lowestAt'> {
  const heart = known(samples?.heart);
  const hrv = known(samples?.hrv);
  if (samples === null || heart.length === 0 || hrv.length === 0)
    return { averageHeart: null, lowestHeart: null, averageHrv: null, lowestAt: null };
  const lowest = Math.min(...heart);
  return {
    averageHeart: roundTo(mean(heart), 3),
    lowestHeart: lowest - 1, // the 30-s minimum lies below the 5-minute one
    averageHrv: Math.round(mean(hrv)),
    lowestAt: samples.heart.indexOf(lowest) / samples.heart.length,
  };
}

function known(items: readonly (number | null)[] | undefined): readonly number[] {
  return (items ?? []).filter((item) => item !== null);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
