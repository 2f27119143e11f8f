import { endpointOf } from '../../lib/catalogue/endpoints';
import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import type { CloudChange } from './cloud-changes';
import { DayBelief } from './day-belief';
import type { Scene } from './scene';
import type { KnownSyncs } from './sync-hazard';

/** The family asked for; it comes with the answer. */
export const PROBED = 'daily_activity';
const MORNINGS = 2;

/** What the oracle has been told, and what it thinks of the day. */
export class Told {
  readonly seenAt: number[] = [];
  readonly #changes: readonly CloudChange[];
  readonly #syncs: ReturnType<Scene['person']['syncs']>;
  readonly #days: readonly LivedDay[];
  readonly #beliefs: readonly DayBelief[];
  #day = 0;
  #nextSync = 0;
  #lookedAt: number;
  #known: KnownSyncs = { app: [], background: [], mornings: [] };

  constructor({ changes, days, person, scenario, start, to }: Scene, ways: readonly (readonly LivedDay[])[]) {
    this.#changes = changes;
    this.#syncs = person.syncs(start, to);
    this.#days = days;
    this.#beliefs = days.map((day, n) => new DayBelief(ways[n] ?? [day], day, scenario.habits.appForgotten));
    this.#lookedAt = start;
  }

  get known(): KnownSyncs {
    return this.#known;
  }

  /** What it thinks of the day at an instant; null = of no day. */
  beliefAt(at: number): DayBelief | null {
    while ((this.#beliefs[this.#day + 1]?.begins ?? Infinity) <= at) this.#wake();
    const belief = this.#beliefs[this.#day];
    return belief === undefined || at < belief.begins ? null : belief;
  }

  /** @returns the families, besides the one asked for, that have changed since the last time */
  tell(at: number): ReadonlySet<string> {
    const before = this.#nextSync;
    for (let sync = this.#syncs[this.#nextSync]; sync !== undefined && sync.at <= at; sync = this.#syncs[this.#nextSync]) {
      this.#nextSync += 1;
      while ((this.#days[this.#day + 1]?.wake ?? Infinity) <= sync.at) this.#wake();
      this.#hear(sync, Math.max(0, (sync.at - this.#lookedAt) / Math.max(1, at - this.#lookedAt)));
    }
    if (this.#nextSync === before) this.#beliefs[this.#day]?.sawNone();
    this.#lookedAt = at;
    const families = new Set<string>();
    for (let next = this.#changes[this.seenAt.length]; next !== undefined && next.at <= at; next = this.#changes[this.seenAt.length]) {
      this.seenAt.push(at);
      if (next.isNew && next.endpoint !== PROBED) families.add(endpointOf(next.endpoint).path);
    }
    return families;
  }

  #hear(sync: { readonly at: number; readonly kind: 'app' | 'background' }, share: number): void {
    this.#beliefs[this.#day]?.saw(sync, this.#known, share);
    if (sync.at <= (this.#days[this.#day]?.wake ?? Infinity)) return; // of the day before
    const { app, background, mornings } = this.#known;
    this.#known =
      sync.kind === 'background'
        ? { app, background: [...background, sync.at], mornings }
        : { app: [...app, sync.at], background, mornings: app.length === 0 ? [...mornings, sync.at] : mornings };
  }

  /** A day begins. */
  #wake(): void {
    this.#day += 1;
    this.#known = { app: [], background: [], mornings: this.#known.mornings.slice(-MORNINGS) };
  }
}
