import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import { appShares, SYNC_LAW } from '../../lib/simulator/person/sync-law';

const MINUTE_MS = 60_000;
/** minutes */
const HOUR = 60;
/** Share of days that begin with the ring worn and the phone at hand: `PersonModel.worn` and `SYNC_LAW.away`. */
const USUAL_DAY = 0.97 * (1 - SYNC_LAW.away.one - SYNC_LAW.away.two);

/** Syncs of a day that are known so far, by kind, ascending; epoch ms. */
export interface KnownSyncs {
  readonly app: readonly number[];
  readonly background: readonly number[];
  /** When the nights of this day and the ones before became visible. */
  readonly mornings: readonly number[];
}

/** Chance per minute of a sync of each kind. */
export interface Hazard {
  /** The first opening of the app, which brings the night. */
  readonly morning: number;
  readonly evening: number;
  readonly background: number;
  /** A night of the last two days is corrected. */
  readonly amended: number;
}

/**
 * The true hazard of the next sync at an instant, as the simulated person's code defines it: given when the person woke and goes to bed, the
 * syncs of the day so far, and that none has come since. What was drawn stays unknown.
 */
export function syncHazard(at: number, day: LivedDay, known: KnownSyncs, forgotten: number | undefined): Hazard {
  const age = (at - day.wake) / MINUTE_MS;
  const bed = (day.bed - day.wake) / MINUTE_MS;
  const since = (instant: number): number => (instant - day.wake) / MINUTE_MS;
  const own = backgroundPart(age, bed, known.background.map(since));
  const morning = known.app.length === 0 ? morningPart(age, forgotten) : { hazard: 0, survival: 1 };
  const evening = known.app.length === 1 ? eveningHazard(age, bed, since(known.app[0] ?? 0)) : 0;
  const isUsual = known.app.length + known.background.length > 0;
  const survival = own.survival * morning.survival;
  const usual = isUsual ? 1 : (USUAL_DAY * survival) / (1 - USUAL_DAY + USUAL_DAY * survival);
  return { morning: usual * morning.hazard, evening, background: usual * own.hazard, amended: amendedHazard(at, known.mornings) };
}

interface Part {
  readonly hazard: number;
  /** Chance that nothing of this kind has come since waking, if nothing is known. */
  readonly survival: number;
}

function backgroundPart(age: number, bed: number, known: readonly number[]): Part {
  const { none, from, to } = SYNC_LAW.background;
  const last = known.findLast((one) => one < bed) ?? 0;
  const left = 1 - share(Math.min(age, bed) - last, from, to);
  const survival = known.length === 0 ? none + (1 - none) * left : 1;
  const isOn = known.length === 0 ? ((1 - none) * left) / survival : 1;
  if (age < bed) return { hazard: isOn * uniformHazard(age - last, from, to, 1), survival };
  const night = known.some((one) => one >= bed)
    ? 0
    : uniformHazard(age - bed, SYNC_LAW.night.from, SYNC_LAW.night.to, SYNC_LAW.night.chance);
  return { hazard: isOn * night, survival };
}

function morningPart(age: number, forgotten: number | undefined): Part {
  const { morning, late } = SYNC_LAW;
  const shares = appShares(forgotten);
  const soon = 1 - shares.forgotten - shares.late;
  const survival =
    shares.forgotten + soon * (1 - share(age, morning.from, morning.to)) + shares.late * (1 - share(age, late.from, late.to));
  const density = soon * uniform(age, morning.from, morning.to) + shares.late * uniform(age, late.from, late.to);
  return { hazard: survival > 0 ? density / survival : 0, survival };
}

function eveningHazard(age: number, bed: number, first: number): number {
  const { chance, from, to, apart } = SYNC_LAW.evening;
  const begin = Math.max(bed - to, first + apart);
  if (age < begin || age >= bed - from) return 0;
  const width = to - from;
  return chance / width / (1 - (chance * (age - begin)) / width);
}

function amendedHazard(at: number, mornings: readonly number[]): number {
  const { chance, fromHours, toHours } = SYNC_LAW.amended;
  const ages = mornings.map((morning) => (at - morning) / MINUTE_MS);
  return ages.reduce((sum, age) => sum + uniformHazard(age, fromHours * HOUR, toHours * HOUR, chance), 0);
}

/** Hazard of something that comes with some chance, if it comes at a uniform moment. */
function uniformHazard(age: number, from: number, to: number, chance: number): number {
  return age < from || age >= to ? 0 : (chance * uniform(age, from, to)) / (1 - chance * share(age, from, to));
}

function uniform(age: number, from: number, to: number): number {
  return age < from || age >= to ? 0 : 1 / (to - from);
}

/** How much of a uniform span has passed. */
function share(age: number, from: number, to: number): number {
  return Math.min(1, Math.max(0, (age - from) / (to - from)));
}
