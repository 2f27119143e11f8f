/** Sleep phases as Oura numbers them. */
export const PHASE = { deep: 1, light: 2, rem: 3, awake: 4 } as const;

/** What a night should look like. Epochs are 30 s. */
export interface HypnogramPlan {
  readonly epochs: number;
  readonly latency: number;
  /** Epochs awake in bed after the last sleep. */
  readonly ending: number;
  /** Part of the night spent awake in between. */
  readonly broken: number;
  /** Factors on the usual amount of deep and REM sleep. */
  readonly deep: number;
  readonly rem: number;
}

/**
 * Phases of a sleep, one per 30 s: cycles of about ninety minutes, deep sleep early and REM late (Carskadon & Dement 2011), with
 * waking in between.
 * @param random a stream of its own
 */
export function hypnogram(plan: HypnogramPlan, random: () => number): Uint8Array {
  const phases = new Uint8Array(plan.epochs).fill(PHASE.awake);
  const end = plan.epochs - plan.ending;
  let at = plan.latency;
  for (let cycle = 0; at < end; cycle += 1) {
    for (const [phase, minutes] of stagesOf(cycle, plan, random)) {
      const next = Math.min(end, at + Math.round(2 * minutes));
      phases.fill(phase, at, next);
      at = next;
    }
  }
  if (plan.broken > 0) wake(phases, plan, end, random);
  return phases;
}

function stagesOf(cycle: number, plan: HypnogramPlan, random: () => number): readonly (readonly [number, number])[] {
  const first: readonly [number, number] = [PHASE.light, 7 + 12 * random()];
  const deep = Math.max(0, 33 - 10 * cycle) * (0.65 + 0.7 * random()) * plan.deep;
  const middle = 17 + 18 * random();
  const rem = (6 + 5 * Math.min(cycle, 3)) * (0.6 + 0.8 * random()) * plan.rem;
  return [first, [PHASE.deep, deep], [PHASE.light, middle], [PHASE.rem, rem]];
}

function wake(phases: Uint8Array, plan: HypnogramPlan, end: number, random: () => number): void {
  const from = plan.latency + 4;
  let left = Math.round(plan.broken * plan.epochs);
  while (left > 0 && end - 12 > from) {
    const length = Math.min(left, 1 + Math.floor(9 * random() * random()));
    const at = from + Math.floor(random() * (end - 12 - from));
    phases.fill(PHASE.awake, at, at + length);
    left -= length;
  }
}
