import { nightShift } from '../../lib/simulator/person/night-shift';
import { PersonModel } from '../../lib/simulator/person/person-model';
import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import type { Scene } from './scene';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Nights before and after that tell when somebody usually goes to bed and wakes in a night of that kind. */
const NIGHTS_AROUND = 14;
/** So many ways of a day are told apart. */
const WAYS = 16;

/** A night that ends on a day; clock hours where the person is, negative = before midnight. */
interface Night {
  readonly day: number;
  readonly kind: 'shift' | 'free' | 'work';
  readonly bedHour: number;
  readonly wakeHour: number;
}

/**
 * For each lived day the ways it may go: a waking of a night of the same kind as the one before the day, and a bedtime of one of the same kind as
 * the one after it, both within two weeks and neither the day's own, at their clock hours where the person is. Kinds are what a calendar tells:
 * before work, before a free day (weekends and travels), after a shift.
 */
export function usualDays({ days, personOptions }: Pick<Scene, 'days' | 'personOptions'>): readonly (readonly LivedDay[])[] {
  const model = new PersonModel(personOptions);
  const [first, last] = [days[0], days.at(-1)];
  if (first === undefined || last === undefined) return [];
  const numbers = numbersOf(model, first.wake, last.wake);
  return days.map((day, index) => {
    const number = numbers[index] ?? 0;
    const ways = waysOf(model, number);
    return ways.length === 0 ? [day] : ways;
  });
}

/** Numbers of the days on which somebody wakes from an instant to another. */
function numbersOf(model: PersonModel, from: number, to: number): readonly number[] {
  const count = Math.ceil((to - from) / DAY_MS) + 3;
  const around = Array.from({ length: count }, (_, n) => Math.floor(from / DAY_MS) - 1 + n);
  return around.filter((day) => model.timing(day).wake >= from && model.timing(day).wake <= to);
}

function waysOf(model: PersonModel, day: number): readonly LivedDay[] {
  const wakes = evenly(nightsLike(model, day));
  const beds = evenly(nightsLike(model, day + 1));
  if (wakes.length === 0 || beds.length === 0) return [];
  const at = (onDay: number, hour: number): number => model.offsets(onDay).instant(onDay * DAY_MS + Math.round(hour * HOUR_MS));
  return Array.from({ length: Math.max(wakes.length, beds.length) }, (_, n) => {
    const { wakeHour = 0 } = wakes[n % wakes.length] ?? {};
    const { bedHour = 0 } = beds[n % beds.length] ?? {};
    return { wake: at(day, wakeHour), bed: at(day + 1, bedHour), nextWake: at(day + 1, wakeHour) };
  });
}

/** Nights of the same kind around one, in order. */
function nightsLike(model: PersonModel, day: number): readonly Night[] {
  const { kind } = nightOf(model, day);
  const others = Array.from({ length: 2 * NIGHTS_AROUND + 1 }, (_, n) => day - NIGHTS_AROUND + n).filter((other) => other !== day);
  return others.map((other) => nightOf(model, other)).filter((night) => night.kind === kind);
}

function nightOf(model: PersonModel, day: number): Night {
  const { free, bedHour, wakeHour } = model.timing(day);
  return { day, kind: nightShift.endsOn(model, day) ? 'shift' : free ? 'free' : 'work', bedHour, wakeHour };
}

function evenly(nights: readonly Night[]): readonly Night[] {
  if (nights.length <= WAYS) return nights;
  return Array.from({ length: WAYS }, (_, n) => nights[Math.floor(((n + 0.5) * nights.length) / WAYS)]).filter((one) => one !== undefined);
}
