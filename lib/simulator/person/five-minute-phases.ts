import { at } from './at';

const EPOCHS_PER_BLOCK = 10;

/**
 * Phases per 5 minutes from phases per 30 s. Each block takes, of the phases that occur in it, the one furthest behind its true
 * time so far; so the sums of the short text stay within minutes of the durations instead of losing every short phase, as a
 * plain majority would.
 */
export function fiveMinutePhases(phases: Uint8Array): string {
  const owed = [0, 0, 0, 0, 0];
  let text = '';
  for (let start = 0; start < phases.length; start += EPOCHS_PER_BLOCK) {
    const block = phases.subarray(start, start + EPOCHS_PER_BLOCK);
    for (const phase of block) owed[phase] = at(owed, phase) + 1;
    let best = at(block, 0);
    for (const phase of block) if (at(owed, phase) > at(owed, best)) best = phase;
    owed[best] = at(owed, best) - block.length;
    text += String(best);
  }
  return text;
}
