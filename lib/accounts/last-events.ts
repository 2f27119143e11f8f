import * as z from 'zod';
import { ENDPOINT_KEYS, type EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { EVENT_KINDS, type EventKind, type WebhookEvent } from '../ports/event-queue';
import type { PersonStore } from '../ports/person-store';

/** When the last event of each family and kind came, epoch ms. */
export type LastByType = Readonly<Partial<Record<EndpointKey, Readonly<Partial<Record<EventKind, number>>>>>>;

const STATE = 'webhooks:last';
const saved = z
  .partialRecord(z.enum(ENDPOINT_KEYS as [EndpointKey, ...EndpointKey[]]), z.partialRecord(z.enum(EVENT_KINDS), z.number())) // never empty
  .catch({});

/** The last events of one person, kept in the store so that a restart does not look like silence. */
export class LastEvents {
  #byType: LastByType = {};
  #savedAt = -Infinity;

  /** What the store knows from before; events that wait there came later than what was written down. */
  load(store: PersonStore): void {
    const later = this.#byType;
    this.#byType = saved.parse(store.state.load(STATE) ?? {});
    for (const event of store.events.list()) this.note(event);
    this.#byType = { ...this.#byType, ...later };
  }

  /** Whether it is time to write it down again. */
  isDue(now: number): boolean {
    return now - this.#savedAt >= LIMITS.webhookNoteMs || now < this.#savedAt;
  }

  save(store: PersonStore, now: number): void {
    this.#savedAt = now;
    store.state.save(STATE, this.#byType);
  }

  note({ endpoint, kind, receivedAt }: WebhookEvent): void {
    this.#byType = { ...this.#byType, [endpoint]: { ...this.#byType[endpoint], [kind]: receivedAt } };
  }

  get byType(): LastByType {
    return this.#byType;
  }

  /** null = none ever came. */
  get at(): number | null {
    const all = Object.values(this.#byType).flatMap((kinds) => Object.values(kinds));
    return all.length === 0 ? null : Math.max(...all);
  }
}
