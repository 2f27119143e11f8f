import { nextTurn } from '../async/next-turn';
import { OuraError } from '../errors/oura-error';
import type { Clock } from '../ports/clock';
import type { WebhookEvent } from '../ports/event-queue';
import type { PersonHost } from '../sync/person-host';
import { LastEvents } from './last-events';

/** Turns of the event loop that events are gathered for at most before they are told. */
const GATHER_TURNS = 100;

/** Puts events where they survive, at once, and tells of them afterwards, so that the answer to Oura waits for nobody. */
export class WebhookInbox {
  /** Persons whose stores are open. */
  readonly #open = new Set<PersonHost>();
  readonly #last = new Map<string, LastEvents>();
  readonly #untold = new Map<PersonHost, WebhookEvent[]>();
  readonly #clock: Clock;
  readonly #onTold: (personId: string) => void;
  #isTelling = false;
  #arrived = 0;

  /** @param onTold called after a person's events were told */
  constructor(clock: Clock, onTold: (personId: string) => void) {
    this.#clock = clock;
    this.#onTold = onTold;
  }

  open(host: PersonHost): void {
    if (this.#open.has(host)) return;
    this.#open.add(host);
    this.lastOf(host.personId).load(host.keeper.current);
  }

  /** Its store closes: what was not told yet waits there. */
  close(host: PersonHost): void {
    this.#open.delete(host);
    this.#untold.delete(host);
  }

  lastOf(personId: string): LastEvents {
    const last = this.#last.get(personId) ?? new LastEvents();
    this.#last.set(personId, last);
    return last;
  }

  /** The event is in the store when this returns. @throws OuraError when it cannot be */
  put(host: PersonHost, event: WebhookEvent): void {
    const isNew = host.keeper.write((store) => store.events.add(event));
    this.lastOf(host.personId).note(event);
    const events = this.#untold.get(host) ?? [];
    this.#arrived += 1;
    if (isNew) events.push(event);
    this.#untold.set(host, events);
    if (this.#isTelling) return;
    this.#isTelling = true;
    void this.#tellAfterwards(); // whoever is told reports their own failure
  }

  /** Once no more events come, so that an engine is woken once for many, and has the time that answers leave. */
  async #tellAfterwards(): Promise<void> {
    for (let [turns, before] = [0, -1]; turns < GATHER_TURNS && before !== this.#arrived; turns += 1) {
      before = this.#arrived;
      await nextTurn();
    }
    this.#tell();
  }

  #tell(): void {
    this.#isTelling = false;
    const untold = [...this.#untold];
    this.#untold.clear();
    for (const [host, events] of untold) {
      this.#write(host);
      for (const event of events) host.events.tell({ type: 'heard', event });
      if (events.length > 0) host.engine?.heard();
      this.#onTold(host.personId);
    }
  }

  /** What cannot be written down now is the next time. */
  #write(host: PersonHost): void {
    const [last, now] = [this.lastOf(host.personId), this.#clock.now()];
    if (!last.isDue(now)) return;
    try {
      host.keeper.write((store) => {
        last.save(store, now);
      });
    } catch (cause) {
      if (!(cause instanceof OuraError)) throw cause;
    }
  }
}
