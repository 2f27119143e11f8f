import type { Chance } from './chance';
import { Memo } from './memo';
import { TOPICS } from './topics';
import { MS } from './units';
import type { ZoneOffsets } from './zone-offsets';

/** A stay elsewhere: nights and days `first` to `last` are lived in `zone`; the person travels on the day before `first` and on `last`. */
export interface Trip {
  readonly first: number;
  readonly last: number;
  readonly zone: string;
  /** Hours the clock moves when going there. */
  readonly shift: number;
}

const BLOCKS_REMEMBERED = 100;
/** How often someone travels: at most one trip in each block of days, which begins and ends inside it. */
export interface TripRhythm {
  readonly blockDays: number;
  readonly chance: number;
  /** Days from the beginning of the block to the earliest trip, by how many it may be later, its shortest length, and how much longer. */
  readonly earliest: number;
  readonly spread: number;
  readonly shortest: number;
  readonly longer: number;
}

export const SELDOM: TripRhythm = { blockDays: 90, chance: 0.75, earliest: 6, spread: 62, shortest: 2, longer: 11 };
export const OFTEN: TripRhythm = { blockDays: 21, chance: 1, earliest: 2, spread: 6, shortest: 3, longer: 8 };

const FURTHEST_HOURS = 8;
const PLACES = [
  'Europe/London',
  'Atlantic/Azores',
  'America/New_York',
  'America/Denver',
  'America/Los_Angeles',
  'America/Sao_Paulo',
  'Asia/Dubai',
  'Asia/Kolkata',
  'Asia/Bangkok',
  'Asia/Tokyo',
  'Australia/Sydney',
  'Pacific/Auckland',
] as const;

/** Trips of a person: at most one in each block of days, decided by the block alone. */
export class Trips {
  readonly #chance: Chance;
  readonly #home: string;
  readonly #offsets: (zone: string) => ZoneOffsets;
  readonly #rhythm: TripRhythm;
  readonly #blocks = new Memo<{ readonly trip: Trip | null }>(BLOCKS_REMEMBERED);

  constructor(chance: Chance, home: string, offsets: (zone: string) => ZoneOffsets, rhythm: TripRhythm) {
    this.#rhythm = rhythm;
    this.#chance = chance;
    this.#home = home;
    this.#offsets = offsets;
  }

  /** The trip a day belongs to. */
  on(day: number): Trip | null {
    const trip = this.#inBlock(Math.floor(day / this.#rhythm.blockDays));
    return trip !== null && day >= trip.first && day <= trip.last ? trip : null;
  }

  /**
   * Hours by which the body clock is still off the local clock: positive = it lags behind (after flying east), so sleep comes late.
   * It adapts by one hour a day (Aschoff 1975).
   */
  lag(day: number): number {
    const trip = this.#inBlock(Math.floor(day / this.#rhythm.blockDays));
    const earlier = this.#inBlock(Math.floor(day / this.#rhythm.blockDays) - 1);
    for (const one of [trip, earlier]) {
      if (one === null || day < one.first) continue;
      const away = day <= one.last;
      const days = away ? day - one.first : day - one.last - 1;
      const left = Math.max(0, Math.abs(one.shift) - days);
      return (away ? Math.sign(one.shift) : -Math.sign(one.shift)) * left;
    }
    return 0;
  }

  #inBlock(block: number): Trip | null {
    return this.#blocks.get(block, (key) => ({ trip: this.#plan(key) })).trip;
  }

  #plan(block: number): Trip | null {
    const { blockDays, chance, earliest, spread, shortest, longer } = this.#rhythm;
    if (this.#chance.unit(TOPICS.trip, block) >= chance) return null;
    const first = block * blockDays + earliest + Math.floor(this.#chance.between(0, spread, TOPICS.trip, block, 1));
    const last = first + shortest + Math.floor(this.#chance.between(0, longer, TOPICS.trip, block, 2));
    const noon = (first + 0.5) * MS.day;
    const hoursTo = (zone: string): number => (this.#offsets(zone).at(noon) - this.#offsets(this.#home).at(noon)) / MS.hour;
    const near = PLACES.filter((zone) => Math.abs(hoursTo(zone)) >= 1 && Math.abs(hoursTo(zone)) <= FURTHEST_HOURS);
    if (near.length === 0) return null;
    const zone = this.#chance.pick(near, TOPICS.trip, block, 3);
    return { first, last, zone, shift: hoursTo(zone) };
  }
}
