import { at } from './at';
import { clamp } from './clamp';
import { PHASE } from './hypnogram';
import { spread } from './spread';

/** Heart rate (bpm) and RMSSD (ms) every five minutes of a sleep; null = gap. */
export interface NightSamples {
  readonly heart: readonly (number | null)[];
  readonly hrv: readonly (number | null)[];
}

export interface SampleLevels {
  /** Lowest heart rate aimed at and typical RMSSD. */
  readonly heart: number;
  readonly hrv: number;
  /** 0 = the heart slows down early, 1 = only towards morning, as after drinks or a late meal. */
  readonly lateness: number;
}

const EPOCHS_PER_SAMPLE = 10;

/** Samples of a sleep: the heart slows down, is faster in REM and when awake, and HRV mirrors it. */
export function nightSamples(phases: Uint8Array, levels: SampleLevels, random: () => number): NightSamples {
  const count = Math.ceil(phases.length / EPOCHS_PER_SAMPLE);
  const heart: (number | null)[] = [];
  const hrv: (number | null)[] = [];
  let gap = random() < 0.8 ? 1 : 0;
  for (let i = 0; i < count; i += 1) {
    const phase = at(phases, Math.min(i * EPOCHS_PER_SAMPLE + 5, phases.length - 1));
    const excess = excessAt(i / count, phase, levels.lateness) + 0.9 * spread(random);
    const factor = Math.exp(-0.018 * (excess - 4) + 0.13 * spread(random));
    if (gap === 0 && random() < 0.012) gap = 1 + Math.floor(3 * random());
    heart.push(gap > 0 ? null : Math.round(clamp(levels.heart + Math.max(0.6, excess), 30, 140)));
    hrv.push(gap > 0 ? null : Math.round(clamp(levels.hrv * factor, 6, 220)));
    gap = Math.max(0, gap - 1);
  }
  return { heart, hrv };
}

/** bpm above the lowest at a part (0 to 1) of the night. */
function excessAt(part: number, phase: number, lateness: number): number {
  const early = 7 * Math.exp(-5 * part);
  const late = 9 * (1 - part);
  const morning = part > 0.85 ? 12 * (part - 0.85) : 0;
  const stage = phase === PHASE.awake ? 6 : phase === PHASE.rem ? 2.2 : phase === PHASE.deep ? 0.4 : 1;
  return 0.6 + early * (1 - lateness) + late * lateness + morning + stage;
}
