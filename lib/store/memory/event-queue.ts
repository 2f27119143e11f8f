import type { EventQueue, WaitingEvent, WebhookEvent } from '../../ports/event-queue';

/** Waiting events in memory. */
export class MemoryEventQueue implements EventQueue {
  /** By seq, ascending. */
  readonly #waiting = new Map<number, WaitingEvent>();
  readonly #identities = new Set<string>();
  #lastSeq = 0;

  add({ endpoint, kind, id, at, receivedAt }: WebhookEvent): boolean {
    return this.#put({ seq: this.#lastSeq + 1, endpoint, kind, id, at, receivedAt, tries: 0, notBefore: 0 });
  }

  list(): readonly WaitingEvent[] {
    return [...this.#waiting.values()];
  }

  count(): number {
    return this.#waiting.size;
  }

  postpone(seq: number, notBefore: number): void {
    const event = this.#waiting.get(seq);
    if (event !== undefined) this.#waiting.set(seq, { ...event, tries: event.tries + 1, notBefore });
  }

  remove(seqs: readonly number[]): void {
    for (const seq of seqs) {
      const event = this.#waiting.get(seq);
      if (event === undefined) continue;
      this.#waiting.delete(seq);
      this.#identities.delete(identityOf(event));
    }
  }

  /** Goes on with the events of another queue under their seq. */
  takeOver(events: readonly WaitingEvent[]): void {
    for (const event of events) this.#put(event);
  }

  #put(event: WaitingEvent): boolean {
    const identity = identityOf(event);
    if (this.#identities.has(identity)) return false;
    this.#identities.add(identity);
    this.#waiting.set(event.seq, event);
    this.#lastSeq = event.seq;
    return true;
  }
}

function identityOf({ endpoint, kind, id, at }: WebhookEvent): string {
  return JSON.stringify([endpoint, kind, id, at]);
}
