import { endpointOf, type EndpointKey } from '../../catalogue/endpoints';
import type { Body } from '../../ports/documents';
import type { SimulatedDocument, SimulatedPersonPort } from '../types';
import { anchorOf } from './anchor-of';
import { identityOf } from './identity-of';
import { Zone } from './zone';

const DAY_MS = 86_400_000;
/** How far back and ahead "everything" reaches. */
const EVER_MS = 30 * 365 * DAY_MS;
const AHEAD_MS = 2 * DAY_MS;
/** Where a document that nobody has seen yet is looked for first. */
const NEAR_MS = 4 * DAY_MS;

interface Override {
  /** null = deleted */
  readonly body: Body | null;
  readonly anchorMs: number;
  readonly at: number;
}

/** What the cloud holds of one person: the simulated days, and what was put or deleted by hand. */
export class PersonData {
  readonly person: SimulatedPersonPort;
  readonly zone: Zone;
  /** by endpoint and identity, oldest first */
  readonly #overrides = new Map<EndpointKey, Map<string, Override[]>>();
  /** where a document was last seen, so that asking for one by its id does not generate years of others */
  readonly #seen = new Map<EndpointKey, Map<string, number>>();

  constructor(person: SimulatedPersonPort) {
    this.person = person;
    this.zone = new Zone(person.zone);
  }

  /** `id` of personal_info. */
  get id(): string {
    return String(this.person.personalInfo['id']);
  }

  personalInfo(now: number): Body {
    return this.#override('personal_info', this.id, now)?.body ?? this.person.personalInfo;
  }

  /** Documents with fromMs <= anchor <= toMs as they are at `now`, oldest first. */
  list(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[] {
    const bounded = endpointOf(endpoint).window.params !== 'none';
    const base = this.#untouched(endpoint, fromMs, toMs, now);
    const put = [...(this.#overrides.get(endpoint)?.keys() ?? [])].flatMap((identity) => {
      const override = this.#override(endpoint, identity, now);
      const { body = null, anchorMs = 0, at: visibleAt = 0 } = override ?? {};
      const inside = !bounded || (anchorMs >= fromMs && anchorMs <= toMs);
      return body !== null && inside ? [{ body, anchorMs, visibleAt }] : [];
    });
    const all = put.length === 0 ? base : [...base, ...put].toSorted((a, b) => a.anchorMs - b.anchorMs);
    this.#remember(endpoint, all);
    return all;
  }

  /** Whether a document was put or deleted by hand. */
  isOverridden(endpoint: EndpointKey, identity: string, now: number): boolean {
    return this.#override(endpoint, identity, now) !== null;
  }

  find(endpoint: EndpointKey, id: string, now: number): SimulatedDocument | null {
    const anchor = this.#seen.get(endpoint)?.get(id);
    const near = anchor === undefined ? null : this.#among(endpoint, id, anchor, anchor, now);
    const recent = near ?? this.#among(endpoint, id, now - NEAR_MS, now + AHEAD_MS, now);
    return recent ?? this.#among(endpoint, id, now - EVER_MS, now + AHEAD_MS, now);
  }

  /** The document with the greatest anchor that is not after `now`, looked for further and further back. */
  newest(endpoint: EndpointKey, now: number): SimulatedDocument | null {
    for (let span = DAY_MS, to = now; now - to < EVER_MS; span *= 2) {
      const found = this.list(endpoint, to - span, to, now).at(-1);
      if (found !== undefined) return found;
      to -= span;
    }
    return null;
  }

  /** Replaces or adds a document, visible from `now` on. */
  put(endpoint: EndpointKey, body: Body, now: number): void {
    const row = endpointOf(endpoint);
    const identity = row.kind === 'singleton' ? this.id : identityOf(row, body);
    this.#record(endpoint, identity, { body, anchorMs: anchorOf(row, body, this.zone), at: now });
  }

  /** Deletes a document by its identity: the id, for a row its instant in epoch ms, else day or start. */
  remove(endpoint: EndpointKey, identity: string, now: number): void {
    this.#record(endpoint, identity, { body: null, anchorMs: 0, at: now });
  }

  /** Forgets everything put or deleted by hand. */
  reset(): void {
    this.#overrides.clear();
    this.#seen.clear();
  }

  /** What the person's days give, without what was replaced by hand. */
  #untouched(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[] {
    const base = this.person.documents(endpoint, fromMs, toMs, now);
    if (!this.#overrides.has(endpoint)) return base;
    return base.filter(({ body }) => !this.isOverridden(endpoint, identityOf(endpointOf(endpoint), body), now));
  }

  #record(endpoint: EndpointKey, identity: string, override: Override): void {
    const family = this.#overrides.get(endpoint) ?? new Map<string, Override[]>();
    this.#overrides.set(endpoint, family);
    family.set(identity, [...(family.get(identity) ?? []), override]);
  }

  #override(endpoint: EndpointKey, identity: string, now: number): Override | null {
    return (
      this.#overrides
        .get(endpoint)
        ?.get(identity)
        ?.findLast(({ at }) => at <= now) ?? null
    );
  }

  #among(endpoint: EndpointKey, id: string, fromMs: number, toMs: number, now: number): SimulatedDocument | null {
    return this.list(endpoint, fromMs, toMs, now).find(({ body }) => body['id'] === id) ?? null;
  }

  #remember(endpoint: EndpointKey, documents: readonly SimulatedDocument[]): void {
    if (!endpointOf(endpoint).single) return;
    const seen = this.#seen.get(endpoint) ?? new Map<string, number>();
    this.#seen.set(endpoint, seen);
    for (const { body, anchorMs } of documents) if (typeof body['id'] === 'string') seen.set(body['id'], anchorMs);
  }
}
