import { LIMITS } from '../../catalogue/limits';
import { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Clock } from '../../ports/clock';
import type { HomeAssistant, HomeAssistantFacts } from '../../ports/home-assistant';
import type { Logger } from '../../ports/logger';
import { isVersionAtLeast } from '../is-version-at-least';

interface Ports {
  readonly homeAssistant: HomeAssistant;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** One time that the companion is there: it knows nothing of what was sent before. */
export interface Load {
  /** Aborted when it is over: reloaded, unloaded, connection lost, or nobody wants to know any more. */
  readonly signal: AbortSignal;
  readonly facts: HomeAssistantFacts;
  /** Whether the companion said so itself: then every node id is free again. */
  readonly isFresh: boolean;
}

/**
 * Whether the companion works in Home Assistant, as it comes and goes. Only `nodered/version` proves it after a connection: the list of
 * components names it also when it has failed. After `unloaded` only `loaded` does: a companion that was removed still answers.
 */
export class CompanionPresence {
  readonly #ports: Ports;
  readonly #onChange: (load: Load | null) => void;
  #endFacts: () => void = () => undefined;
  #connection = new AbortController();
  #load = new AbortController();
  /** Ends the question under way. */
  #asking = new AbortController();
  #problem: OuraError | null = null;
  /** The outage that is in the log and not over. */
  #logged: string | null = null;

  /** @param onChange hears of each load, and null when one is over or the problem has changed */
  constructor(ports: Ports, onChange: (load: Load | null) => void) {
    this.#ports = ports;
    this.#onChange = onChange;
  }

  /** Why the companion cannot be used; null = it can, or that is not known yet. */
  get problem(): OuraError | null {
    return this.#problem;
  }

  start(): void {
    const { homeAssistant } = this.#ports;
    this.#endFacts = homeAssistant.onFacts((facts) => {
      this.#changed(facts);
    });
    if (homeAssistant.facts !== null) this.#changed(homeAssistant.facts);
  }

  close(): void {
    this.#endFacts();
    this.#forget();
  }

  #forget(): void {
    this.#end(this.#connection);
    this.#end(this.#asking);
    this.#end(this.#load);
  }

  #changed(facts: HomeAssistantFacts | null): void {
    this.#forget();
    const connection = new AbortController();
    this.#connection = connection;
    this.#tell(null, null);
    if (facts === null) return;
    const needed = LIMITS.companionHomeAssistant;
    if (!isVersionAtLeast(facts.version, needed)) {
      this.#tell(null, new OuraError('home_too_old', { version: facts.version, needed }));
    } else if (!facts.isAdmin) this.#tell(null, new OuraError('home_not_admin'));
    else void this.#meet(facts, connection.signal);
  }

  /** Never rejects. A Home Assistant too busy to answer is asked again; other problems wait for `loaded` or a new connection. */
  async #meet(facts: HomeAssistantFacts, signal: AbortSignal): Promise<void> {
    const isOver = (): boolean => signal.aborted;
    let isListening = false;
    while (!isOver()) {
      try {
        if (!isListening) await this.#listen(facts, signal);
        isListening = true;
        await this.#ask(facts, signal);
        return;
      } catch (cause) {
        const problem = toOuraError(cause);
        if (isOver()) return;
        this.#tell(null, problem);
        if (problem.code !== 'timed_out') return;
      }
      await this.#ports.clock.delay(LIMITS.retryMaxDelayMs, signal).catch(() => undefined); // aborted: nobody asks any more
    }
  }

  async #listen(facts: HomeAssistantFacts, signal: AbortSignal): Promise<void> {
    const hear = (event: unknown): void => {
      if (signal.aborted) return;
      const type = typeOf(event);
      if (type === 'loaded') this.#begin(facts, true);
      if (type === 'unloaded') void this.#unloaded(signal);
    };
    const end = await this.#ports.homeAssistant.subscribe({ type: 'subscribe_events', event_type: 'nodered' }, hear, 'socket');
    if (signal.aborted) end();
    else signal.addEventListener('abort', end, { once: true });
  }

  /** Asks, waits for `loaded` as long as the patience lasts, and asks once more. */
  async #ask(facts: HomeAssistantFacts, connection: AbortSignal): Promise<void> {
    const asking = this.#question();
    const signal = AbortSignal.any([connection, asking.signal]);
    try {
      if (!(await this.#answers(signal))) {
        await this.#ports.clock.delay(LIMITS.companionPatienceMs, signal);
        if (!(await this.#answers(signal))) throw new OuraError('companion_missing');
      }
      this.#begin(facts, false);
    } catch (cause) {
      if (!signal.aborted) throw cause;
    }
  }

  async #answers(signal: AbortSignal): Promise<boolean> {
    try {
      await this.#ports.homeAssistant.call({ type: 'nodered/version' }, signal);
      return true;
    } catch (cause) {
      const error = toOuraError(cause);
      if (error.code !== 'home_refused') throw cause;
      if (error.params['reason'] === 'unauthorized') throw new OuraError('home_not_admin');
      return false;
    }
  }

  async #unloaded(connection: AbortSignal): Promise<void> {
    this.#end(this.#load);
    const signal = AbortSignal.any([connection, this.#question().signal]);
    this.#tell(null, null);
    try {
      await this.#ports.clock.delay(LIMITS.companionPatienceMs, signal);
      this.#tell(null, new OuraError('companion_missing'));
    } catch (cause) {
      if (!signal.aborted) this.#tell(null, toOuraError(cause));
    }
  }

  #question(): AbortController {
    this.#end(this.#asking);
    const asking = new AbortController();
    this.#asking = asking;
    return asking;
  }

  #begin(facts: HomeAssistantFacts, isFresh: boolean): void {
    this.#end(this.#asking);
    this.#end(this.#load);
    const load = new AbortController();
    this.#load = load;
    this.#tell({ signal: load.signal, facts, isFresh }, null);
  }

  #end(controller: AbortController): void {
    controller.abort(new DOMException('The companion is not there any more.', 'AbortError'));
  }

  #tell(load: Load | null, problem: OuraError | null): void {
    if (problem !== null && problem.code !== this.#logged) this.#ports.logger.warn(problem.message);
    if (load !== null && this.#logged !== null) this.#ports.logger.info('The Node-RED companion integration answers.');
    if (problem !== null || load !== null) this.#logged = problem?.code ?? null;
    this.#problem = problem;
    this.#onChange(load);
  }
}

function typeOf(event: unknown): unknown {
  const data = typeof event === 'object' && event !== null && 'data' in event ? event.data : null;
  return typeof data === 'object' && data !== null && 'type' in data ? data.type : null;
}
