import { PHASE } from './hypnogram';

/** Chance of each movement class below 2, 3 and 4 in a phase. */
const LIMITS: Readonly<Record<number, readonly [number, number, number]>> = {
  [PHASE.deep]: [0.985, 0.998, 1],
  [PHASE.light]: [0.9, 0.975, 0.997],
  [PHASE.rem]: [0.94, 0.985, 0.998],
  [PHASE.awake]: [0.25, 0.6, 0.85],
};
const STILL: readonly [number, number, number] = [1, 1, 1];

/** Movement per 30 s of a sleep: 1 none, 2 restless, 3 tossing and turning, 4 active. */
export function movement(phases: Uint8Array, random: () => number): string {
  let text = '';
  for (const phase of phases) {
    const [none, restless, tossing] = LIMITS[phase] ?? STILL;
    const draw = random();
    text += draw < none ? '1' : draw < restless ? '2' : draw < tossing ? '3' : '4';
  }
  return text;
}
