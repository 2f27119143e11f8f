import * as z from 'zod';
import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { addDays, localDay } from './local-day';
import type { LocalSlots } from './local-slots';
import type { DayUse, FamilyState, Fetch } from './plan';
import { rhythmOf, type Rhythm, type Sighting } from './rhythm';
import type { FetchOutcome } from './run-fetch';
import type { StoreKeeper } from './store-keeper';
import { TELLTALES } from './telltale';
import type { Waking } from './waking';

const KEY = 'sight';
const AWAKE_KEY = 'awake';
const DAYS_KEPT = 8;
/** The rhythm is learned anew with each sync, and this often without one. */
const LEARN_EVERY_MS = 6 * 3_600_000;

const kept = z.object({
  sightings: z.array(z.object({ at: z.number(), seenAt: z.number(), app: z.boolean() })),
  lookedAt: z.number().nullable(),
  usage: z.array(z.object({ day: z.string(), probes: z.number(), reads: z.number() })),
});

/** What one read tells of the ring. */
export interface Look {
  readonly fetch: Fetch;
  /** The family before the read. */
  readonly before: FamilyState;
  readonly outcome: Pick<FetchOutcome, 'created' | 'updated' | 'rows' | 'changedDay' | 'newestAt'>;
  /** When it began. */
  readonly at: number;
  readonly zone: string;
}

/** What was seen of the ring's syncs and what looking cost; in memory, and in SyncState for the next start. */
export class SyncSight {
  readonly #keeper: StoreKeeper;
  #sightings: readonly Sighting[] = [];
  #lookedAt: number | null = null;
  #usage: readonly DayUse[] = [];
  #awakeAt = 0;
  /** Whether the last sighting's time is only known to lie between two looks. */
  #isRough = false;
  #rhythm: { readonly of: Rhythm; readonly key: string; readonly slotAt: LocalSlots; readonly at: number } | null = null;

  constructor(keeper: StoreKeeper) {
    this.#keeper = keeper;
    this.#awakeAt = z.number().catch(0).parse(keeper.current.state.load(AWAKE_KEY));
    const saved = kept.safeParse(keeper.current.state.load(KEY));
    if (!saved.success) return;
    this.#sightings = saved.data.sightings;
    this.#lookedAt = saved.data.lookedAt;
    this.#usage = saved.data.usage;
  }

  get sightings(): readonly Sighting[] {
    return this.#sightings;
  }

  get lookedAt(): number | null {
    return this.#lookedAt;
  }

  get usage(): readonly DayUse[] {
    return this.#usage;
  }

  /** Learned from what was seen so far; the same object until there is more to learn from. */
  rhythm(waking: Waking, slotAt: LocalSlots, now: number): Rhythm {
    const key = JSON.stringify([waking, this.#sightings.length, this.#sightings.at(-1)]);
    if (this.#rhythm?.key !== key || this.#rhythm.slotAt !== slotAt || Math.abs(now - this.#rhythm.at) > LEARN_EVERY_MS) {
      this.#rhythm = { of: rhythmOf(this.#sightings, waking, slotAt, now), key, slotAt, at: now };
    }
    return this.#rhythm.of;
  }

  /** Counts a request and takes from its answer whether the ring has synced since this could last be seen. */
  look({ fetch, before, outcome, at: now, zone }: Look): void {
    if (!TELLTALES.includes(fetch.endpoint) || !isLook(fetch)) return;
    this.#forgetAhead(now);
    const last = this.#sightings.at(-1);
    const hasMoved = fetch.kind !== 'first' && isNews(fetch, before, outcome, localDay(now, zone));
    const readAt = before.lastSuccessAt;
    const isAnother = readAt !== null && readAt <= now && (readAt >= (last?.seenAt ?? 0) || this.#isRowOfAnother(outcome.newestAt, now));
    if (hasMoved && isAnother) {
      const from = Math.max(readAt, this.#lookedAt ?? readAt, now - LIMITS.silentMs);
      const at = instantOf(outcome.newestAt, from, now);
      this.#isRough = at === null;
      this.#add({ at: at ?? Math.round((from + now) / 2), seenAt: now, app: false });
    } else if (last !== undefined && hasMoved) {
      this.#sharpen(last, outcome.newestAt);
    }
    this.#lookedAt = now;
    this.#save();
  }

  /** An event told that the ring has synced. @param toldAt by Oura's clock */
  told(toldAt: number, now: number): void {
    if (toldAt > now + LIMITS.webhookSkewMs || now - toldAt > LIMITS.silentMs) return;
    this.#forgetAhead(now);
    const at = Math.min(toldAt, now);
    const last = this.#sightings.at(-1);
    if (last === undefined || at > last.at + LIMITS.ringSyncMs) {
      this.#isRough = false;
      this.#add({ at, seenAt: now, app: false });
      this.#lookedAt = Math.max(this.#lookedAt ?? 0, at);
      this.#save();
    }
  }

  /** What was just read came because the person had opened the app. */
  appOpened(now: number): void {
    const last = this.#sightings.at(-1);
    if (last === undefined || last.app || now - last.seenAt > LIMITS.ringSyncMs) return;
    this.#sightings = [...this.#sightings.slice(0, -1), { ...last, app: true }];
    this.#save();
  }

  /** Somebody watches: noted now and then, for the next start. */
  awake(now: number): void {
    if (Math.abs(now - this.#awakeAt) < LIMITS.awakeEveryMs) return;
    this.#awakeAt = now;
    this.#keeper.write((store) => {
      store.state.save(AWAKE_KEY, now);
    });
  }

  /** Whether nobody has watched for longer than a restart takes. */
  wasAway(now: number): boolean {
    return this.#lookedAt !== null && Math.abs(now - this.#awakeAt) > LIMITS.awayMs;
  }

  /** Counts a request of the day. */
  count(endpoint: EndpointKey, probe: EndpointKey | null, day: string): void {
    const today = this.#usage.find((use) => use.day === day) ?? { day, probes: 0, reads: 0 };
    const isProbe = endpoint === probe;
    const use = { day, probes: today.probes + (isProbe ? 1 : 0), reads: today.reads + (isProbe ? 0 : 1) };
    this.#usage = [...this.#usage.filter((one) => one.day !== day), use].toSorted((a, b) => a.day.localeCompare(b.day)).slice(-DAYS_KEPT);
  }

  /** The newest row of a series is from just before the sync; that is sharper than the time between two looks. */
  #sharpen(last: Sighting, newestAt: number | null): void {
    const before = this.#sightings.at(-2)?.seenAt ?? 0;
    const at = instantOf(newestAt, Math.max(before, last.at - LIMITS.syncSpreadMs), last.seenAt);
    if (at === null || (!this.#isRough && at < last.at)) return;
    this.#isRough = false;
    this.#sightings = [...this.#sightings.slice(0, -1), { ...last, at }];
  }

  /** A row from after the last sync was seen came with another one, also where the series was not read since. */
  #isRowOfAnother(newestAt: number | null, now: number): boolean {
    return instantOf(newestAt, Math.max(this.#sightings.at(-1)?.seenAt ?? 0, this.#lookedAt ?? 0), now) !== null;
  }

  /** What a clock that was ahead has written down did not happen. */
  #forgetAhead(now: number): void {
    this.#sightings = this.#sightings.filter(({ seenAt }) => seenAt <= now);
    if (this.#lookedAt !== null && this.#lookedAt > now) this.#lookedAt = now;
  }

  #add(sighting: Sighting): void {
    this.#sightings = [...this.#sightings, sighting].slice(-LIMITS.sightingsMax);
  }

  #save(): void {
    const value = { sightings: this.#sightings, lookedAt: this.#lookedAt, usage: this.#usage };
    this.#keeper.write((store) => {
      store.state.save(KEY, value);
    });
  }
}

/** A comparison also brings what is old; that says nothing of the ring. */
function isNews({ kind }: Fetch, { newestAt }: FamilyState, outcome: Look['outcome'], today: string): boolean {
  if (outcome.created + outcome.updated + outcome.rows === 0) return false;
  if (kind !== 'reconcile') return true;
  return outcome.rows > 0 ? (outcome.newestAt ?? 0) > (newestAt ?? 0) : (outcome.changedDay ?? '') >= addDays(today, -1);
}

function isLook({ kind }: Fetch): boolean {
  return kind === 'first' || kind === 'recent' || kind === 'reconcile';
}

function instantOf(newestAt: number | null, from: number, to: number): number | null {
  return newestAt !== null && newestAt > from && newestAt <= to ? newestAt : null;
}
