import type { LivedDay } from '../../lib/simulator/person/simulated-person';
import type { Outlook } from './day-belief';
import type { Scene } from './scene';
import { looksPerMinute } from './square-root';
import type { CountedRequest, Run } from './strategy';
import type { Hazard } from './sync-hazard';
import { PROBED, Told } from './told';

/** Steps in which its time passes: finer where a request is cheap. */
const STEPS = { fine: 1 / 3, coarse: 1, coarseFromPrice: 30 };
const MINUTE_MS = 60_000;
/** Where the rule would wait longer than this, it waits no longer for more, but looks at once for what has probably come. */
const NOTHING_MORE_MINUTES = 60;
/** What a corrected night changes: sleep, score, readiness. */
const AMENDED_WEIGHT = 3;

/**
 * The best that could be done by asking: it knows by what law syncs come and in what ways each day may go, but not when syncs come. With one
 * way for each day, the one it does go, it also knows the day.
 * It asks one question at a time, spaced by the square-root rule on the true hazard, is told everything by the answer, and then reads
 * exactly the families that have changed; the activity is in the answer already.
 *
 * The rule looks at what is still to come. What may have come since the last look and was not looked for when the chance of more was gone
 * would wait for ever, so there are two more reasons to look: the delay that is to be expected of it has grown as dear as a look (with a
 * steady hazard that is the moment the rule names, too), or there is nothing more to wait for.
 * @param price minutes of delay of one document that one request is worth
 * @param ways of each of the scene's days
 */
export function oracle(scene: Scene, price: number, ways: readonly (readonly LivedDay[])[]): Run {
  const { changes, start, to } = scene;
  const step = price < STEPS.coarseFromPrice ? STEPS.fine : STEPS.coarse;
  const weights = weightsOf(scene);
  const cloud = new Told(scene, ways);
  const requests: CountedRequest[] = [];
  let eager = 0;
  let doubt = NO_DOUBT;
  for (let at = start; at < to; at += step * MINUTE_MS) {
    const belief = cloud.beliefAt(at);
    if (belief === null) continue;
    const outlook = belief.pass(at, cloud.known, step);
    const rate = looksPerMinute(weighedSum(weights, outlook.weighed), price);
    eager += rate * step;
    doubt = grown(doubt, outlook, weights, step);
    const isOver = rate * NOTHING_MORE_MINUTES < 1 && doubt.waiting * NOTHING_MORE_MINUTES >= price;
    if (eager < 1 && doubt.delay < price && !isOver) continue;
    eager = 0;
    doubt = NO_DOUBT;
    requests.push({ at, path: PROBED, kind: 'probe' });
    for (const path of cloud.tell(at)) requests.push({ at, path, kind: 'recent' });
  }
  return { seenAt: changes.map((_, index) => cloud.seenAt[index] ?? null), requests, noticedAt: [], unknown: 0, limited: 0 };
}

/** What may have come since the last look: the chance by kind, how many documents that makes, and how many minutes they have waited. */
interface Doubt {
  readonly chance: Hazard;
  readonly waiting: number;
  readonly delay: number;
}

const NO_DOUBT: Doubt = { chance: { morning: 0, evening: 0, background: 0, amended: 0 }, waiting: 0, delay: 0 };

function grown({ chance, waiting, delay }: Doubt, { hazard, weighed }: Outlook, weights: Hazard, step: number): Doubt {
  /** Of what may come for the first time. */
  const more = (of: Hazard, kind: keyof Hazard): number => (1 - chance[kind]) * Math.min(1, of[kind] * step);
  const each = (of: Hazard): Hazard => ({
    morning: more(of, 'morning'),
    evening: more(of, 'evening'),
    background: more(of, 'background'),
    amended: more(of, 'amended'),
  });
  const added = each(hazard);
  return {
    chance: {
      morning: chance.morning + added.morning,
      evening: chance.evening + added.evening,
      background: chance.background + added.background,
      amended: chance.amended + added.amended,
    },
    waiting: waiting + weighedSum(weights, each(weighed)),
    delay: delay + waiting * step,
  };
}

function weighedSum(weights: Hazard, { morning, evening, background, amended }: Hazard): number {
  return weights.morning * morning + weights.evening * evening + weights.background * background + weights.amended * amended;
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
