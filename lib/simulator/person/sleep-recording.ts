import type { NightSamples } from './night-samples';
import { MS } from './units';

/** One sleep as the ring recorded it. */
export interface SleepRecording {
  /** epoch ms */
  readonly start: number;
  readonly end: number;
  /** One phase per 30 s. */
  readonly phases: Uint8Array;
  /** One digit per 30 s. */
  readonly movement: string;
  /** null = the optical sensor had no contact. */
  readonly samples: NightSamples | null;
}

const EPOCHS_PER_SAMPLE = 10;

/** The recording without `samples` times five minutes at its start or end, as after the person has corrected the bedtime. */
export function trimmed(recording: SleepRecording, side: 'start' | 'end', samples: number): SleepRecording {
  const epochs = samples * EPOCHS_PER_SAMPLE;
  const from = side === 'start' ? epochs : 0;
  const to = recording.phases.length - (epochs - from);
  type Items = readonly (number | null)[];
  const cut = (items: Items): Items => items.slice(from / EPOCHS_PER_SAMPLE, Math.ceil(to / EPOCHS_PER_SAMPLE));
  return {
    start: recording.start + from * MS.epoch,
    end: recording.start + to * MS.epoch,
    phases: recording.phases.subarray(from, to),
    movement: recording.movement.slice(from, to),
    samples: recording.samples === null ? null : { heart: cut(recording.samples.heart), hrv: cut(recording.samples.hrv) },
  };
}
