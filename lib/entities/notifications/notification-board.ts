import * as z from 'zod';
import { toOuraError } from '../../errors/to-oura-error';
import type { HomeAssistant, HomeAssistantCommand } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import type { Settings } from '../../ports/settings';
import { ScopedSetting } from '../scoped-setting';

/** A persistent notification of Home Assistant. */
export interface Note {
  readonly title: string;
  readonly message: string;
}

export interface NotificationBoardPorts {
  readonly homeAssistant: HomeAssistant;
  readonly settings: Settings;
  /** Id of the Home Assistant and who writes. */
  readonly scope: string;
  readonly logger: Logger;
}

/** What shall be there: a note, null = nothing. `isLast`: the person takes it away. */
interface Wish {
  readonly note: Note | null;
  readonly isLast: boolean;
}

const idList = z.array(z.string()).catch([]);

/**
 * Persistent notifications in Home Assistant as they shall be: what is wished while it is away is done when it is back, and what stands is
 * made again after its restart, as Home Assistant forgets them. What was made is remembered with the person, by id only.
 */
export class NotificationBoard {
  readonly #ports: NotificationBoardPorts;
  readonly #made: ScopedSetting<string[]>;
  readonly #wishes = new Map<string, Wish>();
  /** What this connection has done. */
  readonly #done = new Map<string, Wish>();
  /** What is remembered, apart from the person's settings: those are gone when everything of the person was deleted. */
  readonly #known = new Set<string>();
  #isBusy = false;
  #hasFailed = false;
  #ending: AbortController | null = null;

  constructor(ports: NotificationBoardPorts) {
    this.#ports = ports;
    this.#made = new ScopedSetting(ports.settings, 'notifications', ports.scope, idList);
  }

  /** @returns ends it; notifications stay */
  start(): () => void {
    const ending = new AbortController();
    this.#ending = ending;
    for (const id of this.#made.load()) this.#known.add(id);
    const unsubscribe = this.#ports.homeAssistant.onFacts((facts) => {
      if (facts === null) this.#done.clear();
      else void this.#work(ending.signal); // reports its own failure
    });
    return () => {
      unsubscribe();
      ending.abort(new DOMException('The node has stopped.', 'AbortError'));
      this.#ending = null;
    };
  }

  /** Shows a note until it is dismissed. */
  show(id: string, note: Note): void {
    this.#wish(id, { note, isLast: false });
  }

  /** Shows a last word in its place; the person takes it away. */
  leave(id: string, note: Note): void {
    this.#wish(id, { note, isLast: true });
  }

  /** Takes a note away; one that was never made costs nothing. */
  dismiss(id: string): void {
    if (this.#wishes.has(id) || this.#made.load().includes(id)) this.#wish(id, { note: null, isLast: false });
  }

  /** Lets go of a note that another node of the same Home Assistant has dealt with. */
  release(id: string): void {
    this.#wishes.delete(id);
    this.#done.delete(id);
  }

  /** Takes away all that was made. @throws OuraError home_away, home_refused; the signal's reason */
  async remove(signal: AbortSignal): Promise<void> {
    this.#wishes.clear();
    for (const id of this.#made.load()) {
      await this.#ports.homeAssistant.call(commandOf(id, null), signal);
      signal.throwIfAborted(); // the person may have been deleted meanwhile
      this.#forget(id);
    }
  }

  /** The same after everything of the person was deleted: nothing is written down any more. @throws as `remove` */
  async erase(signal: AbortSignal): Promise<void> {
    this.#wishes.clear();
    for (const id of this.#known) await this.#ports.homeAssistant.call(commandOf(id, null), signal);
    this.#known.clear();
  }

  #wish(id: string, wish: Wish): void {
    this.#wishes.set(id, wish);
    if (this.#ending !== null) void this.#work(this.#ending.signal); // reports its own failure
  }

  async #work(signal: AbortSignal): Promise<void> {
    if (this.#isBusy) return;
    this.#isBusy = true;
    try {
      for (let next = this.#next(); next !== null && !signal.aborted; next = this.#next()) {
        if (!(await this.#carryOut(...next, signal))) return;
      }
    } finally {
      this.#isBusy = false;
    }
  }

  #next(): readonly [string, Wish] | null {
    if (this.#ports.homeAssistant.facts === null) return null;
    return [...this.#wishes].find(([id, wish]) => JSON.stringify(this.#done.get(id)) !== JSON.stringify(wish)) ?? null;
  }

  /** @returns whether it is done with; false = it waits for Home Assistant to come back */
  async #carryOut(id: string, wish: Wish, signal: AbortSignal): Promise<boolean> {
    if (wish.note !== null && !this.#made.load().includes(id)) this.#made.save([...this.#made.load(), id]);
    this.#known.add(id);
    try {
      await this.#ports.homeAssistant.call(commandOf(id, wish.note), signal);
      if (signal.aborted) return false; // the person may have been deleted meanwhile
      this.#hasFailed = false;
    } catch (cause) {
      const error = toOuraError(cause);
      if (signal.aborted || error.code === 'home_away') return false;
      if (!this.#hasFailed) this.#ports.logger.warn(`A notification does not reach Home Assistant: ${error.message}`);
      this.#hasFailed = true;
    }
    this.#done.set(id, wish);
    const isOver = wish.note === null || wish.isLast;
    if (isOver && this.#wishes.get(id) === wish) {
      this.#wishes.delete(id);
      this.#done.delete(id);
      this.#forget(id);
    }
    return true;
  }

  #forget(id: string): void {
    this.#known.delete(id);
    const left = this.#made.load().filter((one) => one !== id);
    this.#made.save(left.length === 0 ? undefined : left);
  }
}

function commandOf(id: string, note: Note | null): HomeAssistantCommand {
  const service = note === null ? 'dismiss' : 'create';
  return { type: 'call_service', domain: 'persistent_notification', service, service_data: { notification_id: id, ...note } };
}
