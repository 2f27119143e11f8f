import { endpointOf } from '../../lib/catalogue/endpoints';
import type { CloudChange } from './cloud-changes';
import type { Scene } from './scene';
import { looksPerMinute } from './square-root';
import type { CountedRequest, Run } from './strategy';
import { syncHazard, type Hazard, type KnownSyncs } from './sync-hazard';

/** Steps in which its time passes: finer where a request is cheap. */
const STEPS = { fine: 1 / 3, coarse: 1, coarseFromPrice: 4 };
const MINUTE_MS = 60_000;
/** What comes while the person sleeps may wait: it weighs this much. */
const ASLEEP_WEIGHT = 0.1;
/** Where the rule would wait longer than this, it waits no longer for more, but looks at once for what has probably come. */
const NOTHING_MORE_MINUTES = 60;
const PROBED = 'daily_activity';
/** What a corrected night changes: sleep, score, readiness. */
const AMENDED_WEIGHT = 3;
const MORNINGS = 2;

/**
 * The best that could be done by asking: it knows by what law syncs come and when the person wakes and goes to bed, but not when they come.
 * It asks one question at a time, spaced by the square-root rule on the true hazard, is told everything by the answer, and then reads
 * exactly the families that have changed; the activity is in the answer already.
 *
 * The rule looks at what is still to come. What may have come since the last look and was not looked for when the chance of more was gone
 * would wait for ever, so there are two more reasons to look: the delay that is to be expected of it has grown as dear as a look (with a
 * steady hazard that is the moment the rule names, too), or there is nothing more to wait for.
 * @param price minutes of delay of one document that one request is worth
 */
export function oracle(scene: Scene, price: number): Run {
  const { changes, days, start, to } = scene;
  const step = price < STEPS.coarseFromPrice ? STEPS.fine : STEPS.coarse;
  const weights = weightsOf(scene);
  const cloud = new Told(scene);
  const requests: CountedRequest[] = [];
  let day = 0;
  let eager = 0;
  let doubt = NO_DOUBT;
  for (let at = start; at < to; at += step * MINUTE_MS) {
    while ((days[day + 1]?.wake ?? Infinity) <= at) {
      day += 1;
      cloud.wake();
    }
    const today = days[day];
    if (today === undefined || at < today.wake) continue;
    const hazard = syncHazard(at, today, cloud.known, scene.scenario.habits.appForgotten);
    const weight = at < today.bed ? 1 : ASLEEP_WEIGHT;
    const rate = looksPerMinute(weight * KINDS.reduce((sum, kind) => sum + weights[kind] * hazard[kind], 0), price);
    eager += rate * step;
    doubt = grown(doubt, hazard, weights, weight, step);
    const isOver = rate * NOTHING_MORE_MINUTES < 1 && doubt.waiting * NOTHING_MORE_MINUTES >= price;
    if (eager < 1 && doubt.delay < price && !isOver) continue;
    eager = 0;
    doubt = NO_DOUBT;
    requests.push({ at, path: PROBED, kind: 'probe' });
    for (const path of cloud.tell(at, today.wake)) requests.push({ at, path, kind: 'recent' });
  }
  return { seenAt: changes.map((_, index) => cloud.seenAt[index] ?? null), requests, noticedAt: [], unknown: 0, limited: 0 };
}

const KINDS = ['morning', 'evening', 'background', 'amended'] as const satisfies readonly (keyof Hazard)[];

/** What may have come since the last look: the chance by kind, how many documents that makes, and how many minutes they have waited. */
interface Doubt {
  readonly chance: Hazard;
  readonly waiting: number;
  readonly delay: number;
}

const NO_DOUBT: Doubt = { chance: { morning: 0, evening: 0, background: 0, amended: 0 }, waiting: 0, delay: 0 };

function grown({ chance, waiting, delay }: Doubt, hazard: Hazard, weights: Hazard, weight: number, step: number): Doubt {
  const more = (kind: keyof Hazard): number => (1 - chance[kind]) * Math.min(1, hazard[kind] * step);
  const added = { morning: more('morning'), evening: more('evening'), background: more('background'), amended: more('amended') };
  const come = KINDS.reduce((sum, kind) => sum + weights[kind] * added[kind], 0);
  return {
    chance: {
      morning: chance.morning + added.morning,
      evening: chance.evening + added.evening,
      background: chance.background + added.background,
      amended: chance.amended + added.amended,
    },
    waiting: waiting + weight * come,
    delay: delay + waiting * step,
  };
}

/** What the oracle has been told. */
class Told {
  readonly seenAt: number[] = [];
  readonly #changes: readonly CloudChange[];
  readonly #syncs: ReturnType<Scene['person']['syncs']>;
  #nextSync = 0;
  #known: KnownSyncs = { app: [], background: [], mornings: [] };

  constructor({ changes, person, start, to }: Scene) {
    this.#changes = changes;
    this.#syncs = person.syncs(start, to);
  }

  get known(): KnownSyncs {
    return this.#known;
  }

  /** A day begins. */
  wake(): void {
    this.#known = { app: [], background: [], mornings: this.#known.mornings.slice(-MORNINGS) };
  }

  /** @returns the families, besides the one asked for, that have changed since the last time */
  tell(at: number, wake: number): ReadonlySet<string> {
    for (let sync = this.#syncs[this.#nextSync]; sync !== undefined && sync.at <= at; sync = this.#syncs[this.#nextSync]) {
      this.#nextSync += 1;
      if (sync.at <= wake) continue;
      const { mornings } = this.#known;
      const isMorning = sync.kind === 'app' && this.#known.app.length === 0;
      this.#known = {
        ...this.#known,
        [sync.kind]: [...this.#known[sync.kind], sync.at],
        mornings: isMorning ? [...mornings, sync.at] : mornings,
      };
    }
    const families = new Set<string>();
    for (let next = this.#changes[this.seenAt.length]; next !== undefined && next.at <= at; next = this.#changes[this.seenAt.length]) {
      this.seenAt.push(at);
      if (next.isNew && next.endpoint !== PROBED) families.add(endpointOf(next.endpoint).path);
    }
    return families;
  }
}

/** How many documents and batches of rows a sync of each kind brings on average. */
function weightsOf({ changes, days, person, start, to }: Scene): Hazard {
  const brought = new Map<number, number>();
  for (const { at, isNew } of changes) if (isNew) brought.set(at, (brought.get(at) ?? 0) + 1);
  const counts = { morning: [] as number[], evening: [] as number[], background: [] as number[] };
  for (const { wake, nextWake } of days) {
    const syncs = person.syncs(Math.max(start, wake), Math.min(to, nextWake));
    const first = syncs.find(({ kind }) => kind === 'app');
    for (const sync of syncs)
      counts[sync.kind === 'background' ? 'background' : sync === first ? 'morning' : 'evening'].push(brought.get(sync.at) ?? 0);
  }
  const mean = (list: readonly number[]): number => (list.length === 0 ? 1 : list.reduce((sum, one) => sum + one, 0) / list.length);
  return { morning: mean(counts.morning), evening: mean(counts.evening), background: mean(counts.background), amended: AMENDED_WEIGHT };
}
