import { z } from 'zod';
import { isEndpointKey, type EndpointKey } from '../../catalogue/endpoints';
import { LIMITS } from '../../catalogue/limits';
import type { Change } from '../../ports/change-log';
import type { Settings } from '../../ports/settings';
import { localDay } from '../../sync/local-day';
import type { StoreKeeper } from '../../sync/store-keeper';
import { EVENT_KEYS, eventRowOf, type EventKey } from '../event-rows';
import { ScopedSetting } from '../scoped-setting';
import type { Happening } from './happening';
import { happeningOf } from './happening-of';
import { isNewNight, NIGHT_DAYS } from './is-new-night';
import { nightAttributes } from './night-attributes';
import { periodAttributes } from './period-attributes';

export interface ChangeHappeningsPorts {
  readonly keeper: StoreKeeper;
  readonly settings: Settings;
  /** What is told once: the id of the Home Assistant. */
  readonly scope: string;
  readonly publishes: (endpoint: EndpointKey) => boolean;
}

const PAGE = 200;
const memory = z
  .object({
    /** Days whose night was told, newest last. */
    nights: z.array(z.string()),
    /** When the last sync of the ring was told, epoch ms. */
    ringAt: z.number().nullable(),
  })
  .catch({ nights: [], ringAt: null });
type Memory = z.infer<typeof memory>;
type Placed = Change & { readonly endpoint: EndpointKey };

interface Found {
  readonly attributes: Happening['attributes'];
  /** What is remembered once it was told. */
  readonly memory: Memory;
}

/** Reads from the change log what happened, with a durable cursor: nothing of the past, nothing older than a day, nothing twice. */
export class ChangeHappenings {
  readonly #ports: ChangeHappeningsPorts;
  readonly #reader: string;
  readonly #memory: ScopedSetting<Memory>;

  /** A scope never seen before begins at the log's end. */
  constructor(ports: ChangeHappeningsPorts, now: number) {
    this.#ports = ports;
    this.#reader = `happenings:${ports.scope}`;
    this.#memory = new ScopedSetting(ports.settings, 'happenings', ports.scope, memory);
    const { changes } = ports.keeper.current;
    if (changes.cursor(this.#reader) === null) this.#advance(changes.head(), now);
  }

  /** Delivers all that is new. A delivery that throws is repeated next time. */
  pull(now: number, deliver: (happening: Happening) => void): void {
    for (;;) {
      const { changes } = this.#ports.keeper.current;
      const head = changes.head();
      const page = changes.read({ after: changes.cursor(this.#reader) ?? 0, limit: PAGE, historic: false });
      for (const change of page) {
        if (now - change.at > LIMITS.changeMaxAgeMs || !this.#tell(change, now, deliver)) continue;
        this.#advance(change.seq, now);
      }
      const last = page.length < PAGE ? head : (page.at(-1)?.seq ?? head);
      if (last > (changes.cursor(this.#reader) ?? 0)) this.#advance(last, now);
      if (page.length < PAGE) return;
    }
  }

  /** @returns whether there was anything to tell */
  #tell(change: Change, now: number, deliver: (happening: Happening) => void): boolean {
    const { endpoint, kind } = change;
    if (!isEndpointKey(endpoint) || kind === 'deleted' || !this.#ports.publishes(endpoint)) return false;
    const key = EVENT_KEYS.find((one) => eventRowOf(one).families.includes(endpoint));
    if (key === undefined) return false;
    const known = this.#memory.load();
    const found = this.#find(key, { ...change, endpoint }, known, now);
    if (found === null) return false;
    const [eventType = ''] = eventRowOf(key).eventTypes;
    deliver(happeningOf({ key, eventType, attributes: found.attributes, at: change.at }, now));
    if (found.memory !== known) this.#memory.save(found.memory);
    return true;
  }

  #find(key: EventKey, change: Placed, known: Memory, now: number): Found | null {
    const { documents, series } = this.#ports.keeper.current;
    if (key === 'ring_synced') {
      if (known.ringAt !== null && Math.abs(change.at - known.ringAt) < LIMITS.ringSyncMs) return null;
      const newest = series.newest(change.endpoint)?.time ?? null;
      const attributes = { family: change.endpoint, newest_at: newest === null ? null : new Date(newest).toISOString() };
      return { attributes, memory: { ...known, ringAt: change.at } };
    }
    if (key !== 'night_arrived') {
      const isNew = change.kind === 'created' && change.body !== null;
      return isNew ? { attributes: periodAttributes(change.endpoint, change), memory: known } : null;
    }
    const night = isNewNight(documents, change, localDay(now, 'utc'));
    if (night === null || known.nights.includes(night.day)) return null;
    return { attributes: nightAttributes(documents, night), memory: { ...known, nights: [...known.nights, night.day].slice(-NIGHT_DAYS) } };
  }

  #advance(seq: number, now: number): void {
    this.#ports.keeper.write((store) => {
      store.changes.advance(this.#reader, seq, now);
    });
  }
}
