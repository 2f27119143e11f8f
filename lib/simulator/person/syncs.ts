import { Memo } from './memo';
import type { PersonModel } from './person-model';
import { appShares, SYNC_LAW } from './sync-law';
import { TOPICS } from './topics';
import { MS } from './units';

/** A moment at which the ring's data reached the cloud; `app` = the person opened the app. */
export interface Sync {
  readonly at: number;
  readonly kind: 'background' | 'app';
}

const DAYS_REMEMBERED = 1500;

/** When the ring synced. A day's syncs lie between its waking and the next one; each day is decided alone. */
export class Syncs {
  readonly #model: PersonModel;
  readonly #days = new Memo<readonly Sync[]>(DAYS_REMEMBERED);

  constructor(model: PersonModel) {
    this.#model = model;
  }

  /** Syncs from waking on `day` to waking on the next, ascending. */
  ofDay(day: number): readonly Sync[] {
    return this.#days.get(day, (key) => this.#make(key));
  }

  /** Syncs in (from, to], ascending. */
  between(from: number, to: number): readonly Sync[] {
    const found: Sync[] = [];
    const last = Math.floor(to / MS.day) + 1;
    for (let day = Math.max(this.#model.first, Math.floor(from / MS.day) - 2); day <= last; day += 1) {
      for (const sync of this.ofDay(day)) if (sync.at > from && sync.at <= to) found.push(sync);
    }
    return found;
  }

  /** Instant of the first sync after `instant` (of any kind, or only app openings); Infinity when there is none until `limit`. */
  next(instant: number, kind: 'any' | 'app', limit: number): number {
    const last = Math.floor(limit / MS.day) + 1;
    for (let day = Math.max(this.#model.first, Math.floor(instant / MS.day) - 2); day <= last; day += 1) {
      for (const sync of this.ofDay(day)) if (sync.at > instant && (kind === 'any' || sync.kind === 'app')) return sync.at;
    }
    return Number.POSITIVE_INFINITY;
  }

  /** Instant of the last sync in (after, until]; null when there is none. */
  last(after: number, until: number): number | null {
    return this.between(after, until).at(-1)?.at ?? null;
  }

  #make(day: number): readonly Sync[] {
    const { chance } = this.#model;
    if (!this.#model.worn(day) || this.#away(day)) return [];
    const wake = this.#model.timing(day).wake;
    const end = this.#model.worn(day + 1) ? this.#model.timing(day + 1).wake : this.#model.midnight(day + 1) - 1;
    const syncs = [...this.#app(day, wake)];
    if (chance.unit(TOPICS.background, day) >= SYNC_LAW.background.none) syncs.push(...this.#background(day));
    return syncs.filter((sync) => sync.at > wake && sync.at <= end).toSorted((a, b) => a.at - b.at);
  }

  /** Most mornings soon after waking; some days late, some not at all; often once more in the evening. */
  #app(day: number, wake: number): readonly Sync[] {
    const { chance } = this.#model;
    const { morning, late: lateMorning, evening: law } = SYNC_LAW;
    const { forgotten, late } = appShares(this.#model.habits.appForgotten);
    const draw = chance.unit(TOPICS.app, day);
    if (draw < forgotten) return [];
    const { from, to } = draw < forgotten + late ? lateMorning : morning;
    const minutes = chance.between(from, to, TOPICS.app, day, 1);
    const first = wake + Math.round(minutes * 60) * MS.second;
    if (chance.unit(TOPICS.app, day, 2) >= law.chance) return [{ at: first, kind: 'app' }];
    const evening = this.#model.timing(day + 1).bed - Math.round(chance.between(law.from, law.to, TOPICS.app, day, 3) * 60) * MS.second;
    return evening > first + law.apart * MS.minute
      ? [
          { at: first, kind: 'app' },
          { at: evening, kind: 'app' },
        ]
      : [{ at: first, kind: 'app' }];
  }

  /** Every one to three hours by day, now and then one at night. */
  #background(day: number): readonly Sync[] {
    const { chance } = this.#model;
    const { background: law, night } = SYNC_LAW;
    const random = chance.stream(TOPICS.background, day, 1);
    const bed = this.#model.timing(day + 1).bed;
    const syncs: Sync[] = [];
    for (let at = this.#model.timing(day).wake; ;) {
      at += Math.round((law.from + (law.to - law.from) * random()) * 60) * MS.second;
      if (at >= bed) break;
      syncs.push({ at, kind: 'background' });
    }
    if (random() >= night.chance) return syncs;
    const at = bed + Math.round((night.from + (night.to - night.from) * random()) * 60) * MS.second;
    return [...syncs, { at, kind: 'background' }];
  }

  /** The phone is left behind for one or two days: nothing syncs, and all of it arrives afterwards. */
  #away(day: number): boolean {
    const { chance } = this.#model;
    return chance.unit(TOPICS.late, day) < SYNC_LAW.away.one || chance.unit(TOPICS.late, day - 1) < SYNC_LAW.away.two;
  }
}
