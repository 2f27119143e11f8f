import { LIMITS } from '../catalogue/limits';
import { localSlots, type LocalSlot } from './local-slots';
import { nightArrivals, nightRateAt, type NightArrivals } from './night-arrivals';
import { isAwake, minutesAwake, type Waking } from './waking';

/** A sync of the ring: when it probably was, and when we noticed. Epoch ms. */
export interface Sighting {
  readonly at: number;
  readonly seenAt: number;
  /** It came with last night, so the person had opened the app; the phone's own rhythm goes on beside it. */
  readonly app: boolean;
}

/**
 * When the ring tends to sync. The phone lets it of its own accord: a rate by local weekday and hour, times a factor for the time since it
 * last did. And it does when the person opens the app, for the first time of a day mostly to see last night.
 */
export interface Rhythm {
  /** Syncs an hour by weekday × hour (168, Monday 00 first). */
  readonly rates: readonly number[];
  /**
   * By GAP_MS of the time since the last sync of its own accord, and behind that, for the first one of a day, of the time since the person
   * usually wakes. The last one of each stands for all longer times.
   */
  readonly gaps: readonly number[];
  readonly nights: NightArrivals;
  /** What a day of probing costs: ∫ √(rate · value of a minute) dt over a usual day, in √hours. */
  readonly effort: number;
}

export const GAP_MS = 15 * 60_000;
const GAPS = 24;
const STEP_MS = 5 * 60_000;
const HOUR_MS = 3_600_000;
const DAY_MS = 86_400_000;
const MINUTE_MS = 60_000;
const STEP_HOURS = STEP_MS / HOUR_MS;
const STEPS_A_DAY = DAY_MS / STEP_MS;
/** Days that tell what probing costs. */
const EFFORT_DAYS = 14;
const HOURS = 24;
const SLOTS = 7 * HOURS;
const ROUNDS = 12;

/** Before there is anything to learn from: syncs an hour by day and by night. */
const PRIOR = { day: 0.55, night: 0.04 } as const;
/** How much observation the priors are worth: hours of an hour of the day, expected syncs of a gap, weeks of a weekday's hour. */
const PRIOR_HOURS = 6;
const PRIOR_GAP = 0.3;
const PRIOR_WEEKDAY = 6;
/** A factor says how a rate differs from usual; beyond this it would be hearsay. */
const FACTOR_MAX = 12;

interface Step {
  readonly gap: number;
  readonly weight: number;
  readonly syncs: number;
  readonly at: number;
  readonly local: LocalSlot;
  readonly ownAt: number;
  readonly appAt: number;
}

/**
 * Learns the rhythm from the syncs seen. The two factors are fitted in turn (iterative proportional fitting of a Poisson model with
 * multiplicative effects), each drawn to its prior as long as little was seen; older days count less.
 */
export function rhythmOf(sightings: readonly Sighting[], waking: Waking, zone: string, now: number): Rhythm {
  const steps = stepsOf(sightings, waking, zone, now);
  const prior = Array.from({ length: HOURS }, (_, hour) => priorAt(hour, waking));
  let hours: readonly number[] = prior;
  let gaps: readonly number[] = Array.from({ length: 2 * GAPS }, () => 1);
  for (let round = 0; round < ROUNDS && steps.length > 0; round += 1) {
    gaps = fit(
      steps,
      2 * GAPS,
      ({ gap }) => gap,
      (step) => at(hours, step.local.slot % HOURS),
      Array.from({ length: 2 * GAPS }, () => 1),
      PRIOR_GAP,
      true,
    );
    hours = fit(
      steps,
      HOURS,
      ({ local }) => local.slot % HOURS,
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
          ({ local }) => local.slot,
          (step) => at(gaps, step.gap),
          weekly,
          PRIOR_WEEKDAY,
          false,
        );
  const learned = { rates, gaps, nights: nightArrivals(sightings, waking, zone, now) };
  return { ...learned, effort: effortOf(steps, learned, waking) };
}

/** Expected syncs an hour of the ring's own accord, given the last one seen (null = none ever). */
export function rateAt({ rates, gaps }: Pick<Rhythm, 'rates' | 'gaps'>, local: LocalSlot, sinceMs: number | null, waking: Waking): number {
  const rate = at(rates, local.slot);
  if (sinceMs === null) return rate;
  const silence = Math.max(1, sinceMs / LIMITS.silentMs);
  return (rate * at(gaps, gapOf(sinceMs, minutesAwake(waking, local.minute)))) / (silence * silence);
}

/** What is known of the ring at an instant. */
export interface Moment {
  readonly at: number;
  readonly local: LocalSlot;
  /** When the ring last synced of its own accord, and when the app was last opened, epoch ms; null = never seen. */
  readonly ownAt: number | null;
  readonly appAt: number | null;
}

/** How many minutes of delay a minute without a look costs an hour later, by what may come: rate × value of both kinds of sync. */
export function worthAt(rhythm: Omit<Rhythm, 'effort'>, waking: Waking, { at: when, local, ownAt, appAt }: Moment): number {
  const own = rateAt(rhythm, local, ownAt === null ? null : when - ownAt, waking);
  const value = isAwake(waking, local.minute) ? 1 : LIMITS.nightWeight;
  return own * value + nightRateAt(rhythm.nights, local, when, appAt, waking) * LIMITS.nightValue;
}

function priorAt(hour: number, waking: Waking): number {
  return isAwake(waking, 60 * hour + 30) ? PRIOR.day : PRIOR.night;
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
  const before = sightings.slice(0, next);
  let own = before.findLast(({ app }) => !app)?.at ?? first.at;
  let appAt = before.findLast(({ app }) => app)?.at ?? 0;
  for (let from = start; from < now; from += STEP_MS) {
    let syncs = 0;
    const known = { ownAt: own, appAt };
    const local = slotAt(from);
    const gap = gapOf(from + STEP_MS / 2 - own, minutesAwake(waking, local.minute));
    for (let sync = sightings[next]; sync !== undefined && sync.at <= from + STEP_MS; sync = sightings[next]) {
      if (sync.app) appAt = sync.at;
      else {
        syncs += 1;
        own = sync.at;
      }
      next += 1;
    }
    const silent = from - own > LIMITS.silentMs; // a ring in a drawer says nothing of its rhythm
    const weight = silent ? 0 : 0.5 ** ((now - from) / LIMITS.rhythmHalfLifeMs);
    steps.push({ at: from, local, gap, syncs, weight, ...known });
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

/** What a day of probing costs at scale 1; over the last two weeks where there are any, else over a working day without gaps. */
function effortOf(steps: readonly Step[], rhythm: Omit<Rhythm, 'effort'>, waking: Waking): number {
  const recent = steps.slice(-EFFORT_DAYS * STEPS_A_DAY).filter(({ weight }) => weight > 0);
  const day = recent.length < STEPS_A_DAY ? plainDay() : recent;
  const sum = day.reduce((total, moment) => total + Math.sqrt(worthAt(rhythm, waking, moment)) * STEP_HOURS, 0);
  return (sum * STEPS_A_DAY) / day.length;
}

function plainDay(): readonly Moment[] {
  return Array.from({ length: STEPS_A_DAY }, (_, step) => {
    const minute = (step * STEP_MS) / MINUTE_MS;
    return { at: step * STEP_MS, local: { slot: Math.floor(minute / 60), minute }, ownAt: null, appAt: null };
  });
}

function gapOf(sinceMs: number, awake: number | null): number {
  const awakeMs = awake === null ? Infinity : awake * MINUTE_MS;
  const index = (ms: number): number => Math.min(GAPS - 1, Math.max(0, Math.floor(ms / GAP_MS)));
  return sinceMs > awakeMs ? GAPS + index(awakeMs) : index(sinceMs);
}

/** Element of a table that is complete. */
function at(table: ArrayLike<number>, index: number): number {
  return table[index] ?? 0;
}
