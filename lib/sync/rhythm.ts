import { LIMITS } from '../catalogue/limits';
import { localSlots } from './local-slots';
import { isAwake, minutesAwake, type Waking } from './waking';

/** A sync of the ring: when it probably was, and when we noticed. Epoch ms. */
export interface Sighting {
  readonly at: number;
  readonly seenAt: number;
  /** It came with last night, so the person had opened the app; the phone's own rhythm goes on beside it. */
  readonly app: boolean;
}

/** When the ring tends to sync: a rate by local weekday and hour, times a factor for the time since it last synced by itself. */
export interface Rhythm {
  /** Syncs an hour by weekday × hour (168, Monday 00 first). */
  readonly rates: readonly number[];
  /** By GAP_MS of the time since the last sync of its own accord; the last one stands for all longer times. */
  readonly gaps: readonly number[];
  /** What a day of probing costs: ∫ √(rate · weight of a delay) dt over a usual day, in √hours. */
  readonly effort: number;
}

export const GAP_MS = 15 * 60_000;
const GAPS = 24;
const STEP_MS = GAP_MS;
const MINUTE_MS = 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const STEP_HOURS = STEP_MS / HOUR_MS;
const HOURS = 24;
const SLOTS = 7 * HOURS;
const ROUNDS = 12;

/** Before there is anything to learn from: syncs an hour after waking, by day and by night. */
const PRIOR = { morning: 0.9, day: 0.55, night: 0.04 } as const;
/** How much observation the priors are worth: hours of an hour of the day, expected syncs of a gap, weeks of a weekday's hour. */
const PRIOR_HOURS = 4;
const PRIOR_GAP = 0.3;
const PRIOR_WEEKDAY = 2;
/** A factor says how a rate differs from usual; beyond this it would be hearsay. */
const FACTOR_MAX = 12;

interface Step {
  readonly slot: number;
  readonly gap: number;
  readonly weight: number;
  /** What a minute of delay is worth. */
  readonly value: number;
  readonly syncs: number;
}

/**
 * Learns the rhythm from the syncs seen. The two factors are fitted in turn (iterative proportional fitting of a Poisson model with
 * multiplicative effects), each drawn to its prior as long as little was seen; older days count less.
 */
export function rhythmOf(sightings: readonly Sighting[], waking: Waking, zone: string, now: number): Rhythm {
  const steps = stepsOf(sightings, waking, zone, now);
  const prior = Array.from({ length: HOURS }, (_, hour) => priorAt(hour, waking));
  let hours: readonly number[] = prior;
  let gaps: readonly number[] = Array.from({ length: GAPS }, () => 1);
  for (let round = 0; round < ROUNDS && steps.length > 0; round += 1) {
    gaps = fit(
      steps,
      GAPS,
      ({ gap }) => gap,
      (step) => at(hours, step.slot % HOURS),
      Array.from({ length: GAPS }, () => 1),
      PRIOR_GAP,
      true,
    );
    hours = fit(
      steps,
      HOURS,
      ({ slot }) => slot % HOURS,
      (step) => at(gaps, step.gap),
      prior,
      PRIOR_HOURS,
      false,
    );
  }
  const weekly = Array.from({ length: SLOTS }, (_, slot) => at(hours, slot % HOURS));
  const rates =
    steps.length === 0
      ? weekly
      : fit(
          steps,
          SLOTS,
          ({ slot }) => slot,
          (step) => at(gaps, step.gap),
          weekly,
          PRIOR_WEEKDAY,
          false,
        );
  return { rates, gaps, effort: effortOf(steps, { rates, gaps }, waking) };
}

/** Expected syncs an hour at an instant, given the last sync seen (null = none ever). */
export function rateAt({ rates, gaps }: Pick<Rhythm, 'rates' | 'gaps'>, slot: number, sinceMs: number | null): number {
  const rate = at(rates, slot);
  if (sinceMs === null) return rate;
  const silence = Math.max(1, sinceMs / LIMITS.silentMs);
  return (rate * at(gaps, Math.min(GAPS - 1, Math.max(0, Math.floor(sinceMs / GAP_MS))))) / (silence * silence);
}

function priorAt(hour: number, waking: Waking): number {
  if (!isAwake(waking, 60 * hour + 30)) return PRIOR.night;
  return isAwake(waking, 60 * hour - 30) ? PRIOR.day : PRIOR.morning;
}

/** The time that was watched, from the first sync seen, in steps. */
function stepsOf(sightings: readonly Sighting[], waking: Waking, zone: string, now: number): readonly Step[] {
  const [first] = sightings;
  if (first === undefined) return [];
  const start = Math.max(first.at, now - LIMITS.rhythmDays * DAY_MS);
  const slotAt = localSlots(zone);
  const steps: Step[] = [];
  let next = sightings.findIndex(({ at: when }) => when > start);
  if (next < 0) next = sightings.length;
  const known = sightings.slice(0, next);
  let last = known.findLast((one) => !one.app)?.at ?? first.at;
  let app = known.findLast((one) => one.app)?.at ?? first.at;
  for (let from = start; from < now; from += STEP_MS) {
    let syncs = 0;
    const gap = Math.min(GAPS - 1, Math.floor((from - last) / GAP_MS));
    for (let sync = sightings[next]; sync !== undefined && sync.at <= from + STEP_MS; sync = sightings[next]) {
      syncs += 1;
      if (sync.app) app = sync.at;
      else last = sync.at;
      next += 1;
    }
    const { slot, minute } = slotAt(from);
    const value = valueAt(waking, minute, from, app);
    const silent = from - last > LIMITS.silentMs; // a ring in a drawer says nothing of its rhythm
    steps.push({
      slot,
      gap,
      syncs,
      value,
      weight: silent ? 0 : 0.5 ** ((now - from) / LIMITS.rhythmHalfLifeMs),
    });
  }
  return steps;
}

/** One factor, given the other: seen over expected. @param isShare the prior is worth expected syncs, else hours */
function fit(
  steps: readonly Step[],
  length: number,
  indexOf: (step: Step) => number,
  otherOf: (step: Step) => number,
  prior: readonly number[],
  strength: number,
  isShare: boolean,
): readonly number[] {
  const seen = new Float64Array(length);
  const expected = new Float64Array(length);
  for (const step of steps) {
    const index = indexOf(step);
    seen[index] = (seen[index] ?? 0) + step.weight * step.syncs;
    expected[index] = (expected[index] ?? 0) + step.weight * otherOf(step) * STEP_HOURS;
  }
  return Array.from({ length }, (_, index) => {
    const factor = (at(seen, index) + strength * at(prior, index)) / (at(expected, index) + strength);
    return isShare ? Math.min(factor, FACTOR_MAX) : factor;
  });
}

/** What a day of probing costs at scale 1; over the last two weeks where there are any, else over a day without gaps. */
function effortOf(steps: readonly Step[], rhythm: Pick<Rhythm, 'rates' | 'gaps'>, waking: Waking): number {
  const recent = steps.slice(-14 * (DAY_MS / STEP_MS)).filter(({ weight }) => weight > 0);
  if (recent.length < DAY_MS / STEP_MS) {
    const day = rhythm.rates.slice(0, HOURS);
    return day.reduce((sum, rate, hour) => sum + Math.sqrt(rate * (isAwake(waking, 60 * hour + 30) ? 1 : LIMITS.nightWeight)), 0);
  }
  const sum = recent.reduce((total, { slot, gap, value }) => {
    return total + Math.sqrt(at(rhythm.rates, slot) * at(rhythm.gaps, gap) * value) * STEP_HOURS;
  }, 0);
  return (sum * (DAY_MS / STEP_MS)) / recent.length;
}

/**
 * What a minute of delay is worth at a moment: less while the person usually sleeps, more in the hours after waking as long as last night
 * has not come, since that brings most of what a day brings.
 * @param appAt when the app was last seen to have been opened, epoch ms; null = never
 */
export function valueAt(waking: Waking, minute: number, time: number, appAt: number | null): number {
  const awake = minutesAwake(waking, minute);
  if (awake === null) return LIMITS.nightWeight;
  const isAwaited = awake * MINUTE_MS < LIMITS.nightAwaitedMs && (appAt === null || appAt < time - awake * MINUTE_MS);
  return isAwaited ? LIMITS.nightValue : 1;
}

/** Element of a table that is complete. */
function at(table: ArrayLike<number>, index: number): number {
  return table[index] ?? 0;
}
