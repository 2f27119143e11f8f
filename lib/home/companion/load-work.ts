import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import type { Clock } from '../../ports/clock';
import type { HomeAssistant } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import type { Place, Wishes } from './arrange';
import type { Arranger } from './arranger';
import { CompanionLoad, type Wanted } from './companion-load';
import type { Load } from './companion-presence';
import { ControlWatch } from './control-watch';

interface Ports {
  readonly homeAssistant: HomeAssistant;
  readonly clock: Clock;
  readonly logger: Logger;
}

interface Listeners {
  /** Hears what people do with an entity. */
  readonly onEvent: (key: string, event: unknown) => void;
  /** Something has to be told again. */
  readonly onNeed: () => void;
}

type Places = ReadonlyMap<string, Place>;

/** Node ids of one key that are tried before the companion is held to make nothing. */
const TRIES = 3;

/** What has to be done while the companion is loaded, by the sequence of its own nodes: registry, discovery, state. */
export class LoadWork {
  readonly #clock: Clock;
  readonly #arranger: Arranger;
  readonly #load: CompanionLoad;
  readonly #watch: ControlWatch;
  readonly #listeners: Listeners;
  /** Where the wishes are; null = that has to be found out. */
  #arranged: { readonly wishes: Wishes; readonly places: Places } | null = null;

  constructor(ports: Ports, arranger: Arranger, load: Load, listeners: Listeners) {
    this.#clock = ports.clock;
    this.#arranger = arranger;
    this.#load = new CompanionLoad(ports, load, listeners.onEvent);
    this.#listeners = listeners;
    this.#watch = new ControlWatch(ports.homeAssistant, {
      onLost: (key) => {
        void this.#heal(key);
      },
      onGone: (key) => {
        if (!this.#load.isOffered(key)) return;
        this.#arranged = null;
        listeners.onNeed();
      },
    });
  }

  get signal(): AbortSignal {
    return this.#load.signal;
  }

  /**
   * Carries out what is not carried out yet. One call at a time.
   * @param wishes another object each time they change
   * @returns what was refused; the rest is there then
   * @throws OuraError companion_missing, home_away, home_refused, timed_out; the signal's reason
   */
  async bring(wishes: Wishes, wanted: Wanted): Promise<OuraError | null> {
    let places = this.#arranged?.wishes === wishes ? this.#arranged.places : await this.#arrange(wishes);
    let problem = await this.#load.tell(wanted, places);
    for (let tries = 1; ; tries += 1) {
      places = await this.#arranger.verify(places, this.#load.told, wishes, this.signal);
      const stuck = this.#load.told.filter((key) => places.get(key)?.entry === null);
      if (stuck.length === 0) break;
      if (tries === TRIES) throw new OuraError('companion_missing');
      for (const key of stuck) this.#load.forget(key);
      problem = (await this.#load.tell(wanted, places)) ?? problem;
    }
    this.#arranged = { wishes, places };
    await this.#watch.follow(this.#controlsIn(places), this.signal);
    return problem;
  }

  /** The next `bring` shows the entity's state again. */
  echo(key: string): void {
    this.#load.echo(key);
  }

  /** Ends what people could do with these entities. */
  forget(isGone: (key: string) => boolean): void {
    for (const key of this.#load.told) if (isGone(key)) this.#load.forget(key);
    this.#arranged = null;
  }

  /** The companion is gone or loaded anew: what people could do has ended by itself. */
  leave(): void {
    this.#watch.close();
  }

  /** Ends what people could do; those entities become unavailable. */
  close(): void {
    this.#watch.close();
    this.#load.close();
  }

  async #arrange(wishes: Wishes): Promise<Places> {
    const wanted = new Set(wishes.definitions.map(({ key }) => key));
    return await this.#arranger.arrange(wishes, this.signal, (keys) => {
      this.forget((key) => keys.includes(key) || !wanted.has(key));
    });
  }

  #controlsIn(places: Places): ReadonlyMap<string, string> {
    const there = [...places].filter(([key]) => this.#load.isOffered(key));
    return new Map(there.flatMap(([key, { entry }]) => (entry === null ? [] : [[entry.entityId, key] as const])));
  }

  /** Waits, because a reload makes controls unavailable too, and what is told to a companion that is about to go is lost. */
  async #heal(key: string): Promise<void> {
    if (!this.#load.isOffered(key)) return;
    try {
      await this.#clock.delay(LIMITS.companionHealMs, this.signal);
    } catch {
      return; // loaded anew: everything is told again
    }
    if (!this.#load.isOffered(key)) return;
    this.#load.renew(key);
    this.#listeners.onNeed();
  }
}
