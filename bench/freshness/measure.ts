import { endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import { EVENT_AFTER_MS } from './engine-run';
import { delaysOf, type Delays } from './quantiles';
import type { Scene } from './scene';
import type { Run } from './strategy';

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** What became visible so shortly before the end need not have been seen. */
const LAST_HOURS_MS = 12 * HOUR_MS;
const SLOWEST = 25;

/** What a strategy cost and how late it was, on the days that count. Delays in minutes from when the cloud showed it. */
export interface Measured {
  readonly requests: Requests;
  readonly delay: { readonly waking: Delays; readonly all: Delays };
  readonly byFamily: Readonly<Partial<Record<EndpointKey, { readonly waking: Delays; readonly all: Delays }>>>;
  /** The same from when the event of the sync arrived. */
  readonly afterEvent: Delays;
  readonly never: number;
  /** The latest of the counted, the ones never seen first. */
  readonly slowest: readonly Late[];
  /** The days of learning before. */
  readonly learning: { readonly requests: Requests; readonly waking: Delays };
  /** Minutes from the end of the outage until all was there that it held back; requests of the 24 hours after beyond those of a usual day. */
  readonly outage: { readonly recovered: number; readonly extra: number; readonly during: number } | null;
  /** Of what became visible while events were silent. */
  readonly silence: Silence | null;
  /** Both are to be 0. */
  readonly unknown: number;
  readonly limited: number;
}

/** What several times of silence were like. Minutes. */
export interface Silence {
  readonly times: number;
  /** Times that nobody noticed; of the others how long after the first change that an event should have told of. */
  readonly unnoticed: number;
  readonly noticed: Delays;
  /** Of what became visible by day, at all and once the silence was known. */
  readonly waking: Delays;
  readonly afterNotice: Delays;
  /** Requests of one of the times, mean. */
  readonly requests: number;
}

/** A day's requests, mean and most of the days, and the mean by family and by kind of fetch. */
export interface Requests {
  readonly mean: number;
  readonly max: number;
  readonly byFamily: Readonly<Record<string, number>>;
  readonly byKind: Readonly<Record<string, number>>;
}

/** Something that came late. */
export interface Late {
  readonly endpoint: EndpointKey;
  /** When the cloud showed it, epoch ms. */
  readonly at: number;
  /** null = never */
  readonly minutes: number | null;
  readonly isAwake: boolean;
}

interface Seen {
  readonly endpoint: EndpointKey;
  readonly at: number;
  readonly ms: number | null;
  readonly isAwake: boolean;
}

/** Sums up a run. */
export function measure(scene: Scene, run: Run): Measured {
  const { from, to, learnFrom } = scene;
  const all = seenOf(scene, run);
  const counted = all.filter(({ at }) => at >= from);
  const known = counted.filter(isSeen);
  const waking = known.filter(({ isAwake }) => isAwake);
  const requests = requestsOf(scene, run, from, to);
  return {
    requests,
    delay: { waking: delaysOf(waking.map(({ ms }) => ms)), all: delaysOf(known.map(({ ms }) => ms)) },
    byFamily: byFamily(known),
    afterEvent: delaysOf(waking.map(({ ms }) => Math.max(0, ms - EVENT_AFTER_MS))),
    never: counted.filter(({ at, ms }) => ms === null && at < to - LAST_HOURS_MS).length,
    slowest: slowestOf(counted.filter(({ ms, at }) => ms !== null || at < to - LAST_HOURS_MS)),
    learning: {
      requests: requestsOf(scene, run, learnFrom, from),
      waking: delaysOf(all.filter(({ at, isAwake }) => at >= learnFrom && at < from && isAwake).flatMap(({ ms }) => ms ?? [])),
    },
    outage: outageOf(scene, run, all, requests.mean),
    silence: silenceOf(scene, run, all),
    unknown: run.unknown,
    limited: run.limited,
  };
}

function seenOf({ changes, days }: Scene, { seenAt }: Run): readonly Seen[] {
  let day = 0;
  return changes.flatMap(({ endpoint, at, isNew }, index) => {
    while ((days[day + 1]?.wake ?? Infinity) <= at) day += 1;
    const { wake, bed } = days[day] ?? { wake: Infinity, bed: Infinity };
    const seen = seenAt[index] ?? null;
    return isNew ? [{ endpoint, at, ms: seen === null ? null : seen - at, isAwake: at >= wake && at < bed }] : [];
  });
}

function slowestOf(seen: readonly Seen[]): readonly Late[] {
  const late = seen.toSorted((a, b) => (b.ms ?? Infinity) - (a.ms ?? Infinity) || a.at - b.at).slice(0, SLOWEST);
  return late.map(({ endpoint, at, ms, isAwake }) => ({ endpoint, at, minutes: ms === null ? null : delaysOf([ms]).max, isAwake }));
}

function isSeen(one: Seen): one is Seen & { readonly ms: number } {
  return one.ms !== null;
}

function byFamily(known: readonly (Seen & { readonly ms: number })[]): Measured['byFamily'] {
  const families = [...new Set(known.map(({ endpoint }) => endpoint))].toSorted();
  const entries = families.map((family) => {
    const own = known.filter(({ endpoint }) => endpoint === family);
    const waking = own.filter(({ isAwake }) => isAwake);
    return [family, { waking: delaysOf(waking.map(({ ms }) => ms)), all: delaysOf(own.map(({ ms }) => ms)) }] as const;
  });
  return Object.fromEntries(entries);
}

function requestsOf({ midnights }: Scene, { requests }: Run, from: number, to: number): Requests {
  const days = midnights.filter((at) => at >= from && at < to);
  const perDay = days.map(() => 0);
  const family = new Map<string, number>();
  const kinds = new Map<string, number>();
  let day = -1;
  for (const { at, path, kind } of requests) {
    if (at < from || at >= to) continue;
    while ((days[day + 1] ?? Infinity) <= at) day += 1;
    perDay[day] = (perDay[day] ?? 0) + 1;
    family.set(path, (family.get(path) ?? 0) + 1);
    kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
  }
  const mean = (count: number): number => Math.round((100 * count) / Math.max(1, days.length)) / 100;
  const means = (counts: ReadonlyMap<string, number>): Readonly<Record<string, number>> =>
    Object.fromEntries([...counts].toSorted(([, a], [, b]) => b - a).map(([key, count]) => [key, mean(count)]));
  const total = perDay.reduce((sum, one) => sum + one, 0);
  return { mean: mean(total), max: Math.max(0, ...perDay), byFamily: means(family), byKind: means(kinds) };
}

function outageOf({ outage, to }: Scene, { requests }: Run, all: readonly Seen[], usual: number): Measured['outage'] {
  if (outage === null) return null;
  const seenAt = all.filter(({ at }) => at >= outage.from - HOUR_MS && at < outage.to).map(({ at, ms }) => (ms === null ? to : at + ms));
  const within = (from: number, to: number): number => requests.filter(({ at }) => at >= from && at < to).length;
  return {
    recovered: delaysOf(seenAt.filter((at) => at > outage.to).map((at) => at - outage.to)).max,
    extra: Math.round(within(outage.to, outage.to + DAY_MS) - usual),
    during: within(outage.from, outage.to),
  };
}

function silenceOf({ silences, changes }: Scene, { requests, noticedAt }: Run, all: readonly Seen[]): Silence | null {
  if (silences.length === 0) return null;
  const awake = all.filter(({ isAwake }) => isAwake).filter(isSeen);
  const times = silences.map(({ from, to }) => {
    const missed = awake.filter(({ at }) => at + EVENT_AFTER_MS >= from && at + EVENT_AFTER_MS < to);
    const known = noticedAt.find((at) => at >= from && at < to) ?? Infinity;
    const first = changes.find(({ at, endpoint }) => at >= from && endpointOf(endpoint).webhook !== null)?.at ?? from;
    return { missed, known, after: known - first, asked: requests.filter(({ at }) => at >= from && at < to).length };
  });
  return {
    times: times.length,
    unnoticed: times.filter(({ known }) => known === Infinity).length,
    noticed: delaysOf(times.map(({ after }) => after).filter(Number.isFinite)),
    waking: delaysOf(times.flatMap(({ missed }) => missed.map(({ ms }) => ms))),
    afterNotice: delaysOf(times.flatMap(({ missed, known }) => missed.filter(({ at }) => at > known).map(({ ms }) => ms))),
    requests: Math.round(times.reduce((sum, { asked }) => sum + asked, 0) / times.length),
  };
}
