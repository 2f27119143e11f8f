import { Chance } from './chance';
import { civil } from './civil';
import { dayEvents, type DayEvent } from './day-events';
import { illness } from './illness';
import { Memo } from './memo';
import { nightRecord, type NightRecord } from './night-record';
import { physiologyOf, type Physiology } from './physiology';
import { profileOf, type Profile } from './profile';
import { timingOf, type Timing } from './timing';
import { TOPICS } from './topics';
import { OFTEN, SELDOM, Trips } from './trips';
import { MS } from './units';
import { ZoneOffsets } from './zone-offsets';
import type { Habits, PersonOptions } from '../types';

const DEFAULT_ZONE = 'Europe/Helsinki';
const NOT_WORN = 0.03;
const DAYS_REMEMBERED = 1500;
const NIGHTS_REMEMBERED = 48;

/** All that is decided about a person's days. Each method is a pure function of (options, day); what is remembered only saves time. */
export class PersonModel {
  readonly chance: Chance;
  readonly profile: Profile;
  readonly habits: Habits;
  readonly trips: Trips;
  readonly home: string;
  /** Number of the first day with data. */
  readonly first: number;
  readonly #drawer: readonly { readonly from: number; readonly to: number }[];
  readonly #zones = new Map<string, ZoneOffsets>();
  readonly #timings = new Memo<Timing>(DAYS_REMEMBERED);
  readonly #events = new Memo<readonly DayEvent[]>(DAYS_REMEMBERED);
  readonly #bodies = new Memo<Physiology>(DAYS_REMEMBERED);
  readonly #nights = new Memo<NightRecord>(NIGHTS_REMEMBERED);

  /** @throws OuraError date_invalid for a malformed day, unexpected for an unknown zone */
  constructor(options: PersonOptions) {
    this.chance = new Chance(options.seed);
    this.profile = profileOf(this.chance);
    this.habits = options.habits ?? {};
    this.home = options.zone ?? DEFAULT_ZONE;
    this.first = civil.number(options.firstDay, 'firstDay');
    this.#drawer = (options.ringOff ?? []).map(({ from, to }) => ({
      from: civil.number(from, 'ringOff'),
      to: civil.number(to, 'ringOff'),
    }));
    const rhythm = this.habits.travels === true ? OFTEN : SELDOM;
    this.trips = new Trips(this.chance, this.home, (zone) => this.#zone(zone), rhythm);
    this.#zone(this.home);
  }

  /** Whether the ring is worn from the evening before `day` on; on other days there are no documents. */
  worn(day: number): boolean {
    if (day < this.first || this.#drawer.some(({ from, to }) => day >= from && day <= to)) return false;
    return day === this.first || this.chance.unit(TOPICS.worn, day) >= NOT_WORN;
  }

  /** Offsets of the zone in which the person wakes up and spends a day. */
  offsets(day: number): ZoneOffsets {
    return this.#zone(this.trips.on(day)?.zone ?? this.home);
  }

  /** Whether the person changes the zone during a day. */
  moves(day: number): boolean {
    return this.offsets(day) !== this.offsets(day + 1);
  }

  /** Epoch ms of 00:00 local. */
  midnight(day: number): number {
    return this.offsets(day).instant(day * MS.day);
  }

  /** Epoch ms of 04:00 local, where Oura's activity day begins. */
  activityStart(day: number): number {
    return this.offsets(day).instant(day * MS.day + 4 * MS.hour);
  }

  illness(day: number): number {
    return illness.on(this.chance, day);
  }

  timing(day: number): Timing {
    return this.#timings.get(day, (key) => timingOf(this, key));
  }

  /** What happens between waking on `day` and the next bedtime, in order and without overlap. */
  events(day: number): readonly DayEvent[] {
    return this.#events.get(day, (key) => dayEvents(this, key));
  }

  body(day: number): Physiology {
    return this.#bodies.get(day, (key) => physiologyOf(this, key));
  }

  /** The night that ends on `day`, as the ring measured it. */
  night(day: number): NightRecord {
    return this.#nights.get(day, (key) => nightRecord(this, key));
  }

  #zone(name: string): ZoneOffsets {
    const known = this.#zones.get(name);
    if (known !== undefined) return known;
    const offsets = new ZoneOffsets(name);
    this.#zones.set(name, offsets);
    return offsets;
  }
}
