import { LIMITS } from '../catalogue/limits';
import { DAY_MINUTES, minutesApart, minutesSince } from './clock-minutes';
import { fading } from './fading';
import { isWeekend, type LocalSlot, type LocalSlots } from './local-slots';
import type { Sighting } from './rhythm';
import { dayBegins, type Waking } from './waking';

/** Chance an hour that last night comes, while it has not: on working days and on weekends, by NIGHT_STEP minutes after local midnight. */
export type NightArrivals = readonly (readonly number[])[];

export const NIGHT_STEP = 10;
const STEPS = DAY_MINUTES / NIGHT_STEP;
const STEPS_AN_HOUR = 60 / NIGHT_STEP;
const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;
/** Before there is anything to learn from: mornings of which most bring the night, at any moment of the hours after waking. */
const PRIOR = { days: 2.15, nights: 2, minutes: 150 } as const;
/** Standard deviation of the kernel a night is spread by, minutes, and how much a night of the other kind of day tells. */
const SPREAD = 15;
const OTHER_KIND = 0.25;
/** The least that is left of a day's chance: the night may come still. */
const LEFT_MIN = 0.03;

interface Seen {
  readonly minute: number;
  readonly isWeekend: boolean;
  readonly weight: number;
}

/**
 * Learns when the person opens the app for the first time of a day, which brings the night: a kernel estimate of the density by the time of
 * day, over the days on which the ring was worn, made a hazard. Older days count less.
 */
export function nightArrivals(sightings: readonly Sighting[], waking: Waking, slotAt: LocalSlots, now: number): NightArrivals {
  const [first] = sightings;
  const from = Math.max(first?.at ?? now, now - LIMITS.rhythmDays * DAY_MS);
  const seen = (at: number): Seen => {
    const slot = slotAt(at);
    return { minute: slot.minute, isWeekend: isWeekend(slot), weight: fading(now - at) };
  };
  const nights = sightings.filter(({ app, at }) => app && at >= from && at <= now).map(({ at }) => seen(at));
  const isWorn = (day: number): boolean => sightings.some(({ at }) => Math.abs(at - day) <= 2 * LIMITS.silentMs);
  const ago = Array.from({ length: Math.floor((now - from) / DAY_MS) }, (_, days) => now - (days + 1) * DAY_MS);
  const days = ago.filter(isWorn).map(seen);
  return [false, true].map((kind) => {
    const weightOf = (one: Seen): number => one.weight * (one.isWeekend === kind ? 1 : OTHER_KIND);
    const mass = priorMass(waking);
    for (const night of nights) spread(mass, night.minute, weightOf(night));
    const watched = days.reduce<number>((sum, day) => sum + weightOf(day), PRIOR.days);
    return hazardOf(mass, Math.max(watched, sumOf(mass)), dayBegins(waking));
  });
}

/** Chance an hour at a moment. @param appAt when the app was last seen to have been opened, epoch ms; null = never */
export function nightRateAt(nights: NightArrivals, slot: LocalSlot, at: number, appAt: number | null, waking: Waking): number {
  const beganAt = at - minutesSince(dayBegins(waking), slot.minute) * MINUTE_MS;
  if (appAt !== null && appAt >= beganAt) return 0;
  return nights[isWeekend(slot) ? 1 : 0]?.[Math.floor(slot.minute / NIGHT_STEP)] ?? 0;
}

function priorMass({ from }: Waking): Float64Array {
  const mass = new Float64Array(STEPS);
  return mass.map((_, step) => {
    return minutesSince(from, step * NIGHT_STEP + NIGHT_STEP / 2) < PRIOR.minutes ? (PRIOR.nights * NIGHT_STEP) / PRIOR.minutes : 0;
  });
}

function spread(mass: Float64Array, minute: number, weight: number): void {
  const kernel = mass.map((_, step) => {
    return Math.exp(-0.5 * (minutesApart(minute, step * NIGHT_STEP + NIGHT_STEP / 2) / SPREAD) ** 2);
  });
  const total = sumOf(kernel);
  for (const [step, value] of kernel.entries()) mass[step] = (mass[step] ?? 0) + (weight * value) / total;
}

/** Density over what is left of the day's chance. */
function hazardOf(mass: Float64Array, days: number, begins: number): readonly number[] {
  const hazard = new Float64Array(STEPS);
  let left = 1;
  for (let n = 0; n < STEPS; n += 1) {
    const step = (Math.floor(begins / NIGHT_STEP) + n) % STEPS;
    const chance = (mass[step] ?? 0) / days;
    hazard[step] = (chance / Math.max(left, LEFT_MIN)) * STEPS_AN_HOUR;
    left -= chance;
  }
  return [...hazard];
}

function sumOf(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0);
}
