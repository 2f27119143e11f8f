import { LIMITS } from '../../catalogue/limits';
import type { OuraError } from '../../errors/oura-error';
import { toOuraError } from '../../errors/to-oura-error';
import type { Broker } from '../../ports/broker';
import type { Clock } from '../../ports/clock';

/**
 * In which order topics are published: what is told first, others rest on. `unused` are emptied last, and some time after the
 * last discovery: as long as Home Assistant has not let go of an entity, it complains about an empty state.
 */
const ORDER = ['cleared', 'config', 'attributes', 'state', 'availability', 'unused'] as const;
export type TopicKind = Exclude<(typeof ORDER)[number], 'cleared'>;

/**
 * What a broker shall keep by topic, against what it has: only differences are published. The empty payload stands for nothing kept.
 * It begins closed: nothing is published before `know` told what is there.
 */
export class RetainedTopics {
  readonly #broker: Broker;
  readonly #clock: Clock;
  readonly #onChange: () => void;
  readonly #wanted = new Map<string, string>();
  /** What the broker has, or has as soon as what is under way has arrived. */
  readonly #there = new Map<string, string>();
  readonly #due = new Map(ORDER.map((kind) => [kind, new Set<string>()]));
  /** How often a topic was emptied by us and the message has not come back. */
  readonly #emptied = new Map<string, number>();
  readonly #underWay = new Set<Promise<void>>();
  readonly #doubted = new Set<string>();
  #covers: ((topic: string) => boolean) | null = null;
  #problem: OuraError | null = null;
  /** When the last discovery was given to the broker or arrived there, and how many came one upon the other. */
  #announcedAt = -Infinity;
  #announced = 0;
  /** Ends the pause under way. */
  #pause: AbortController | null = null;

  /** @param onChange hears when something has arrived, or failed to */
  constructor({ broker, clock }: { readonly broker: Broker; readonly clock: Clock }, onChange: () => void) {
    this.#broker = broker;
    this.#clock = clock;
    this.#onChange = onChange;
  }

  /** Whether it is known what the broker has. */
  get isOpen(): boolean {
    return this.#covers !== null;
  }

  /** Whether the broker has all that it shall. */
  get isIdle(): boolean {
    return this.isOpen && this.#problem === null && this.#underWay.size === 0 && [...this.#due.values()].every(({ size }) => size === 0);
  }

  /** Whether Home Assistant has heard of all discoveries and had the time to make the entities; `onChange` tells when it may have. */
  get isAnnounced(): boolean {
    const isDue = (['cleared', 'config'] as const).some((kind) => (this.#due.get(kind)?.size ?? 0) > 0);
    return this.isOpen && !isDue && !this.#isTooEarly();
  }

  /** Why something did not arrive although the broker is there. */
  get problem(): OuraError | null {
    return this.#problem;
  }

  /** @param payload empty = nothing shall be kept */
  want(topic: string, payload: string, kind: TopicKind): void {
    if (this.#wanted.get(topic) === payload) return;
    this.#wanted.set(topic, payload);
    this.#compare(topic, kind);
  }

  /** Whether something shall be kept at a topic. */
  wants(topic: string): boolean {
    return (this.#wanted.get(topic) ?? '') !== '';
  }

  /** It does not matter any more what is kept there. */
  leave(topic: string): void {
    this.#wanted.delete(topic);
    for (const due of this.#due.values()) due.delete(topic);
  }

  /**
   * The broker told what it has.
   * @param covers whether a topic would be among `found` if anything were kept there
   * @param kindOf of a topic that is still wanted; null = it may be somebody else's by now
   */
  know(found: ReadonlyMap<string, string>, covers: (topic: string) => boolean, kindOf: (topic: string) => TopicKind | null): void {
    this.#covers = covers;
    this.#doubted.clear();
    for (const topic of this.#there.keys()) if (covers(topic)) this.#there.delete(topic);
    for (const [topic, payload] of found) this.#there.set(topic, payload);
    for (const topic of [...this.#wanted.keys()]) {
      const kind = kindOf(topic);
      if (kind === null) this.leave(topic);
      else this.#compare(topic, kind);
    }
  }

  /** What is known of topics may be wrong: others have used them. */
  doubt(topics: Iterable<string>): void {
    for (const topic of topics) {
      this.#there.delete(topic);
      this.#doubted.add(topic);
    }
  }

  /** Somebody else has published. */
  overwritten(topic: string, payload: string, kind: TopicKind): void {
    this.#there.set(topic, payload);
    if (this.#wanted.has(topic)) this.#compare(topic, kind);
  }

  /** Whether an empty message that came is one of ours; it is counted off. */
  isOwnClearing(topic: string): boolean {
    const times = this.#emptied.get(topic) ?? 0;
    if (times > 0) this.#emptied.set(topic, times - 1);
    return times > 0;
  }

  /** Waits for `know` again. @param isLost the connection is gone, and with it what is known */
  shut(isLost: boolean): void {
    this.#covers = null;
    this.#problem = null;
    this.release();
    if (!isLost) return;
    this.#there.clear();
    this.#emptied.clear();
  }

  /** Publishes what differs, in order. @param isLast all of it now: there is no later */
  pump(isLast = false): void {
    if (!this.isOpen || !this.#broker.isConnected) return;
    for (const [kind, due] of this.#due)
      for (const topic of due) {
        if (!isLast && (this.#underWay.size >= LIMITS.brokerConcurrency || (kind === 'unused' && this.#isTooEarly()))) return;
        due.delete(topic);
        this.#publish(topic, this.#wanted.get(topic) ?? '', kind === 'cleared' || kind === 'config');
      }
  }

  /** Publishes at once, whatever is known. */
  publishNow(topic: string, payload: string): void {
    this.#wanted.set(topic, payload);
    for (const due of this.#due.values()) due.delete(topic);
    if (this.#broker.isConnected && this.#there.get(topic) !== payload) this.#publish(topic, payload, false);
  }

  /** Waits for nothing any more. */
  release(): void {
    this.#pause?.abort();
  }

  /** Resolves when nothing is under way any more, arrived or not. */
  async drained(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  #compare(topic: string, kind: TopicKind): void {
    const wanted = this.#wanted.get(topic) ?? '';
    const isKnown = this.#covers?.(topic) === true && !this.#doubted.has(topic);
    const there = this.#there.get(topic) ?? (isKnown ? '' : null);
    for (const due of this.#due.values()) due.delete(topic);
    if (there !== wanted) this.#due.get(wanted === '' && kind === 'config' ? 'cleared' : kind)?.add(topic);
  }

  /** Whether Home Assistant may still be busy with the last discovery; then it goes on by itself. */
  #isTooEarly(): boolean {
    const left = this.#leftOfPause();
    if (left <= 0) return false;
    if (this.#pause !== null) return true;
    const pause = new AbortController();
    this.#pause = pause;
    const goOn = (): void => {
      this.#pause = null;
      this.pump();
      this.#onChange();
    };
    this.#clock.delay(left, pause.signal).then(goOn, goOn); // aborted: it is shut, and nothing is published
    return true;
  }

  #leftOfPause(): number {
    const pauseMs = LIMITS.clearPauseMs + this.#announced * LIMITS.clearPausePerEntityMs;
    const left = this.#announcedAt + pauseMs - this.#clock.now();
    return left > pauseMs ? 0 : left; // the clock was set
  }

  #noteDiscovery(): void {
    this.#announced = this.#leftOfPause() > 0 ? this.#announced + 1 : 1;
    this.#announcedAt = this.#clock.now();
  }

  #publish(topic: string, payload: string, isDiscovery: boolean): void {
    if (isDiscovery) this.#noteDiscovery();
    this.#there.set(topic, payload);
    if (payload === '') this.#emptied.set(topic, (this.#emptied.get(topic) ?? 0) + 1);
    const arrival: Promise<void> = this.#broker
      .publish({ topic, payload, retain: true })
      .catch((cause: unknown) => {
        this.#there.delete(topic); // compared again with the next connection
        this.#problem = toOuraError(cause);
      })
      .finally(() => {
        this.#underWay.delete(arrival);
        if (isDiscovery) this.#announcedAt = this.#clock.now();
        this.pump();
        this.#onChange();
      });
    this.#underWay.add(arrival);
  }
}
