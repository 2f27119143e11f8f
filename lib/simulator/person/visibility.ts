import type { PersonModel } from './person-model';
import type { Syncs } from './syncs';
import { TOPICS } from './topics';
import { MS } from './units';

/** How much of a day the cloud knows: everything before `cut`, since `visibleAt` (epoch ms). */
export interface Known {
  readonly cut: number;
  readonly complete: boolean;
  readonly visibleAt: number;
}

/** From what moment on the cloud shows what belongs to a day. All instants epoch ms; Infinity = not by `limit`. */
export class Visibility {
  readonly model: PersonModel;
  readonly syncs: Syncs;

  constructor(model: PersonModel, syncs: Syncs) {
    this.model = model;
    this.syncs = syncs;
  }

  /** Days by which the data of a day arrives late while newer data passes it: 0 on most, 1 to 3 on one in forty. */
  delay(day: number): number {
    const { chance } = this.model;
    return chance.unit(TOPICS.late, day, 1) < 0.025 ? 1 + Math.floor(3 * chance.unit(TOPICS.late, day, 2)) : 0;
  }

  /** What is computed when the person opens the app: sleep and all that follows from it. */
  afterApp(day: number, end: number, limit: number): number {
    return this.syncs.next(end + this.delay(day) * MS.day, 'app', limit);
  }

  /** What the phone uploads by itself. */
  afterSync(day: number, end: number, limit: number): number {
    const late = this.delay(day);
    return late === 0 ? this.syncs.next(end, 'any', limit) : this.syncs.next(end + late * MS.day, 'app', limit);
  }

  /** What is known at `now` of a day from `start` to `end` that grows with each sync; null = nothing yet. */
  growing(day: number, start: number, end: number, now: number): Known | null {
    const whole = this.afterSync(day, end, now);
    if (whole <= now) return { cut: end, complete: true, visibleAt: whole };
    if (this.delay(day) > 0) return null;
    const last = this.syncs.last(start, now);
    return last === null ? null : { cut: Math.min(last, end), complete: false, visibleAt: last };
  }
}
