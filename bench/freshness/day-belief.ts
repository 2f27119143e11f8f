import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import { SYNC_LAW } from '../../lib/simulator/person/sync-law';
import { syncHazard, type Hazard, type KnownSyncs } from './sync-hazard';

const MINUTE_MS = 60_000;
/** What comes while the person sleeps may wait: it weighs this much. */
const ASLEEP_WEIGHT = 0.1;
/** No way is given up because of one sync that does not fit it. */
const LEAST_LIKELY = 1e-6;
/** Ways of so small a chance are left out. */
const NEGLIGIBLE = 1e-3;
/** Whoever is still up after all the usual bedtimes goes to bed so much later. */
const STILL_UP_MS = 60 * MINUTE_MS;

/** What is to be expected of a moment. */
export interface Outlook {
  /** The hazard of the next sync, and the same with each kind weighed by what a minute of its delay weighs. */
  readonly hazard: Hazard;
  readonly weighed: Hazard;
}

interface Way {
  readonly day: LivedDay;
  readonly chance: number;
  /** Expected syncs since the last look. */
  readonly expected: number;
}

interface SeenSync {
  readonly at: number;
  readonly kind: 'app' | 'background';
}

/**
 * What is thought of one day: ways it may go, each with its chance by Bayes' rule, given the syncs that were seen and the time that none was.
 * A sync brings what the ring has recorded, so it also tells whether the person had woken by then, and gone to bed, and when.
 * One way alone is certainty.
 */
export class DayBelief {
  /** When the day may begin at the earliest. */
  readonly begins: number;
  readonly #truth: LivedDay;
  readonly #forgotten: number | undefined;
  #ways: readonly Way[];
  #isWakeKnown: boolean;

  /** @param truth the day as it goes; of it, only what a sync has told is used */
  constructor(ways: readonly LivedDay[], truth: LivedDay, forgotten: number | undefined) {
    this.begins = Math.min(...ways.map(({ wake }) => wake));
    this.#truth = truth;
    this.#forgotten = forgotten;
    this.#ways = evenChances(ways);
    this.#isWakeKnown = ways.every(({ wake }) => wake === truth.wake);
  }

  /** The ways and their chances, as of the last look. */
  get ways(): readonly { readonly day: LivedDay; readonly chance: number }[] {
    return this.#ways;
  }

  /** Time passes. */
  pass(at: number, known: KnownSyncs, minutes: number): Outlook {
    const [first] = this.#ways;
    if (first !== undefined && this.#isAllTheSame(at)) {
      const hazard = syncHazard(at, first.day, known, this.#forgotten);
      return { hazard, weighed: times(hazard, weightAt(at, first.day)) };
    }
    const hazards = this.#ways.map(({ day }) => syncHazard(at, day, known, this.#forgotten));
    this.#ways = this.#ways.map((way, n) => ({ ...way, expected: way.expected + minutes * totalOf(hazards[n]) }));
    const chances = normalised(this.#ways.map(({ chance, expected }) => chance * Math.exp(-expected)));
    const weights = this.#ways.map(({ day }, n) => (chances[n] ?? 0) * weightAt(at, day));
    return { hazard: mixed(hazards, chances), weighed: mixed(hazards, weights) };
  }

  /** A look told of a sync; what was known before it. @param share of the time since the last look that passed before it */
  saw({ at, kind }: SeenSync, known: KnownSyncs, share: number): void {
    const { wake, bed } = this.#truth;
    if (this.#isCertain) return;
    if (at < wake) this.#keep(this.#ways.filter(({ day }) => day.wake > at));
    else if (at >= bed) this.#ways = evenChances([this.#truth]);
    else if (!this.#isWakeKnown) {
      this.#isWakeKnown = true;
      this.#ways = evenChances(this.#stillUp(at));
    } else {
      const likely = this.#ways.map(({ day, chance, expected }) => {
        const { morning, evening, background } = syncHazard(at, day, known, this.#forgotten);
        const hazard = kind === 'app' ? morning + evening : background;
        return { day, chance: day.bed > at ? chance * Math.max(hazard, LEAST_LIKELY) * Math.exp(-share * expected) : 0, expected: 0 };
      });
      if (likely.every(({ chance }) => chance === 0)) this.#ways = evenChances(this.#stillUp(at));
      else this.#keep(likely);
    }
  }

  /** A look told of none. */
  sawNone(): void {
    if (this.#ways.some(({ expected }) => expected > 0))
      this.#keep(this.#ways.map(({ day, chance, expected }) => ({ day, chance: chance * Math.exp(-expected), expected: 0 })));
  }

  get #isCertain(): boolean {
    return this.#ways.every(({ day }) => day.wake === this.#truth.wake && day.bed === this.#truth.bed);
  }

  /** Bedtimes differ, and none is so near that it matters yet. */
  #isAllTheSame(at: number): boolean {
    return this.#ways.length === 1 || (this.#isWakeKnown && this.#ways.every(({ day }) => at < day.bed - SYNC_LAW.evening.to * MINUTE_MS));
  }

  /** The ways to go to bed after an instant, with the waking as it was. */
  #stillUp(at: number): readonly LivedDay[] {
    const { wake } = this.#truth;
    const later = this.#ways.map(({ day }) => ({ ...day, wake })).filter(({ bed }) => bed > at);
    return later.length > 0 ? later : [{ wake, bed: at + STILL_UP_MS, nextWake: this.#truth.nextWake }];
  }

  #keep(ways: readonly Way[]): void {
    const chances = normalised(ways.map(({ chance }) => chance));
    const kept = ways.map((way, n) => ({ ...way, chance: chances[n] ?? 0 })).filter(({ chance }) => chance >= NEGLIGIBLE);
    if (kept.length > 0) this.#ways = kept;
  }
}

function evenChances(days: readonly LivedDay[]): readonly Way[] {
  return days.map((day) => ({ day, chance: 1 / days.length, expected: 0 }));
}

function weightAt(at: number, { wake, bed }: LivedDay): number {
  return at >= wake && at < bed ? 1 : ASLEEP_WEIGHT;
}

function totalOf(hazard: Hazard | undefined): number {
  return hazard === undefined ? 0 : hazard.morning + hazard.evening + hazard.background;
}

function times({ morning, evening, background, amended }: Hazard, factor: number): Hazard {
  return { morning: factor * morning, evening: factor * evening, background: factor * background, amended: factor * amended };
}

function mixed(hazards: readonly Hazard[], shares: readonly number[]): Hazard {
  const sum = { morning: 0, evening: 0, background: 0, amended: 0 };
  hazards.forEach(({ morning, evening, background, amended }, n) => {
    const share = shares[n] ?? 0;
    sum.morning += share * morning;
    sum.evening += share * evening;
    sum.background += share * background;
    sum.amended += share * amended;
  });
  return sum;
}

function normalised(chances: readonly number[]): readonly number[] {
  const sum = chances.reduce((total, chance) => total + chance, 0);
  return chances.map((chance) => (sum > 0 ? chance / sum : 1 / chances.length));
}
