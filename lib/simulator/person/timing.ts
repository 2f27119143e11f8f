import { civil } from './civil';
import { clamp } from './clamp';
import type { PersonModel } from './person-model';
import { slow } from './slow';
import { TOPICS } from './topics';
import { nightShift } from './night-shift';
import { MS } from './units';

/** When a person is in bed in the night that ends on a day. */
export interface Timing {
  /** epoch ms; both whole seconds, wake - bed a multiple of 30 s */
  readonly bed: number;
  readonly wake: number;
  /** Clock hour of going to bed, negative = before midnight, and of waking. */
  readonly bedHour: number;
  readonly wakeHour: number;
  /** A late evening with drinks came before. */
  readonly party: boolean;
  readonly free: boolean;
  /** Hours asleep, before the details of the night are known. */
  readonly asleep: number;
}

const EARLIEST_BED = -3.4;
const LATEST_BED = 3.5;
const EARLIEST_WAKE = 4.7;
const LATEST_WAKE = 11.4;
const SHORTEST_HOURS = 4.2;
const LONGEST_HOURS = 10.6;

/** Timing of the night that ends on `day`: pure, and without the night before. */
export function timingOf(model: PersonModel, day: number): Timing {
  if (nightShift.endsOn(model, day)) return afterNightShift(model, day);
  const { chance, profile } = model;
  const weekday = civil.weekday(day);
  const free = weekday === 0 || weekday === 6 || model.trips.on(day) !== null;
  const ill = model.illness(day);
  const party = ill === 0 && chance.unit(TOPICS.party, day) < (weekday === 0 || weekday === 6 ? 0.3 : 0.05);
  const bedHour = clamp(bedHourOf(model, day, free, party, ill), EARLIEST_BED, LATEST_BED);
  const natural =
    profile.need +
    0.12 * slow.winter(day) +
    0.45 * slow.memory(chance, TOPICS.asleep, day) +
    0.3 * slow.drift(chance, TOPICS.slowSleep, day, 21);
  const wanted = (natural + 0.35 * ill - (party ? 0.3 : 0)) / 0.89;
  const alarm = profile.alarmHour + 0.25 * chance.normal(TOPICS.alarm, day);
  const asWished = bedHour + wanted + (free ? 0.4 : 0);
  const wakeHour = clamp(
    clamp(free || ill > 0.5 ? asWished : Math.min(asWished, alarm), bedHour + SHORTEST_HOURS, bedHour + LONGEST_HOURS),
    EARLIEST_WAKE,
    LATEST_WAKE,
  );
  return { ...instants(model, day, bedHour, wakeHour), bedHour, wakeHour, party, free, asleep: (wakeHour - bedHour) * 0.89 };
}

function afterNightShift(model: PersonModel, day: number): Timing {
  const { bedHour, wakeHour } = nightShift.hours(model, day);
  return { ...instants(model, day, bedHour, wakeHour), bedHour, wakeHour, party: false, free: false, asleep: (wakeHour - bedHour) * 0.89 };
}

function bedHourOf(model: PersonModel, day: number, free: boolean, party: boolean, ill: number): number {
  const { chance, profile } = model;
  const late = party ? 1 + 0.8 * chance.unit(TOPICS.party, day, 1) : 0;
  const drift = 0.3 * slow.drift(chance, TOPICS.slowBedtime, day, 11);
  return (
    profile.bedHour + (free ? 0.75 : 0) + late + drift + 0.42 * chance.normal(TOPICS.bedtime, day) + 0.3 * model.trips.lag(day) - 0.6 * ill
  );
}

function instants(model: PersonModel, day: number, bedHour: number, wakeHour: number): { readonly bed: number; readonly wake: number } {
  const midnight = day * MS.day;
  const offsets = model.offsets(day);
  const bed = offsets.instant(midnight + Math.round(bedHour * 3600) * MS.second);
  const planned = offsets.instant(midnight + Math.round(wakeHour * 3600) * MS.second);
  return { bed, wake: bed + Math.round((planned - bed) / MS.epoch) * MS.epoch };
}
