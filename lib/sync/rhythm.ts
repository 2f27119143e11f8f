import { LIMITS } from '../catalogue/limits';
import { fading } from './fading';
import type { LocalSlot, LocalSlots } from './local-slots';
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
const PRIOR_GAP = 0.1;
const PRIOR_WEEKDAY = 6;
/** A factor says how a rate differs from usual; beyond this it would be hearsay. */
const FACTOR_MAX = 12;

/** What is known of the ring at an instant. */
export interface Moment {
  readonly at: number;
  readonly local: LocalSlot;
  /** When the ring last synced of its own accord, and when the app was last opened, epoch ms; null = never seen. */
  readonly ownAt: number | null;
  readonly appAt: number | null;
}

interface Step extends Moment {
  readonly gap: number;
  readonly weight: number;
  readonly syncs: number;
}

/** All steps of a weekday's hour with the same time since the last sync: to the model they are one. */
interface Cell {
  readonly slot: number;
  readonly gap: number;
  /** Syncs that were seen, and hours that were watched, both by weight. */
  seen: number;
  hours: number;
}

/**
 * Learns the rhythm from the syncs seen. The two factors are fitted in turn (iterative proportional fitting of a Poisson model with
 * multiplicative effects), each drawn to its prior as long as little was seen; older days count less.
 */
export function rhythmOf(sightings: readonly Sighting[], waking: Waking, slotAt: LocalSlots, now: number): Rhythm {
  const steps = stepsOf(sightings, waking, slotAt, now);
  const cells = cellsOf(steps);
  const prior = Array.from({ length: HOURS }, (_, hour) => priorAt(hour, waking));
  const even = Array.from({ length: 2 * GAPS }, () => 1);
  let hours: readonly number[] = prior;
  let gaps: readonly number[] = even;
  const hourOf = ({ slot }: Cell): number => slot % HOURS;
  const gapFactor = ({ gap }: Cell): number => at(gaps, gap);
  for (let round = 0; round < ROUNDS && cells.length > 0; round += 1) {
    const shares = fit(
      cells,
      even,
      PRIOR_GAP,
      ({ gap }) => gap,
      (cell) => at(hours, hourOf(cell)),
    );
    gaps = shares.map((share) => Math.min(share, FACTOR_MAX));
    hours = fit(cells, prior, PRIOR_HOURS, hourOf, gapFactor);
  }
  const weekly = Array.from({ length: SLOTS }, (_, slot) => at(hours, slot % HOURS));
  const rates = cells.length === 0 ? weekly : fit(cells, weekly, PRIOR_WEEKDAY, ({ slot }) => slot, gapFactor);
  const learned = { rates, gaps, nights: nightArrivals(sightings, waking, slotAt, now) };
  return { ...learned, effort: effortOf(steps, learned, waking) };
}

/** Expected syncs an hour of the ring's own accord, given the last one seen (null = none ever). */
export function rateAt({ rates, gaps }: Pick<Rhythm, 'rates' | 'gaps'>, local: LocalSlot, sinceMs: number | null, waking: Waking): number {
  const rate = at(rates, local.slot);
  if (sinceMs === null) return rate;
  const silence = Math.max(1, sinceMs / LIMITS.silentMs);
  return (rate * at(gaps, gapOf(sinceMs, minutesAwake(waking, local.minute)))) / (silence * silence);
}

/** What a minute without a look costs: chance an hour of each of the two kinds of sync, times what a minute of its delay is worth. */
export function worthAt(rhythm: Omit<Rhythm, 'effort'>, waking: Waking, { at: when, local, ownAt, appAt }: Moment): number {
  const own = rateAt(rhythm, local, ownAt === null ? null : when - ownAt, waking);
  const value = isAwake(waking, local.minute) ? 1 : LIMITS.nightWeight;
  return own * value + nightRateAt(rhythm.nights, local, when, appAt, waking) * LIMITS.nightValue;
}

function priorAt(hour: number, waking: Waking): number {
  return isAwake(waking, 60 * hour + 30) ? PRIOR.day : PRIOR.night;
}

/** The time that was watched, from the first sync seen, in steps. */
function stepsOf(sightings: readonly Sighting[], waking: Waking, slotAt: LocalSlots, now: number): readonly Step[] {
  const [first] = sightings;
  if (first === undefined) return [];
  const start = Math.max(first.at, now - LIMITS.rhythmDays * DAY_MS);
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
    const silent = from - Math.max(own, appAt) > LIMITS.silentMs; // a ring in a drawer says nothing of its rhythm
    const weight = silent ? 0 : fading(now - from);
    steps.push({ at: from, local, gap, syncs, weight, ...known });
  }
  return steps;
}

function cellsOf(steps: readonly Step[]): readonly Cell[] {
  const cells = new Map<number, Cell>();
  for (const { local, gap, weight, syncs } of steps) {
    const key = local.slot * 2 * GAPS + gap;
    const cell = cells.get(key) ?? { slot: local.slot, gap, seen: 0, hours: 0 };
    cell.seen += weight * syncs;
    cell.hours += weight * STEP_HOURS;
    cells.set(key, cell);
  }
  return [...cells.values()];
}

/** One factor, given the other: seen over expected. @param strength what the prior is worth, in expected syncs or hours */
function fit(
  cells: readonly Cell[],
  prior: readonly number[],
  strength: number,
  indexOf: (cell: Cell) => number,
  otherOf: (cell: Cell) => number,
): readonly number[] {
  const seen = new Float64Array(prior.length);
  const expected = new Float64Array(prior.length);
  for (const cell of cells) {
    const index = indexOf(cell);
    seen[index] = at(seen, index) + cell.seen;
    expected[index] = at(expected, index) + otherOf(cell) * cell.hours;
  }
  return prior.map((usual, index) => (at(seen, index) + strength * usual) / (at(expected, index) + strength));
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
