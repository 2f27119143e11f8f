import type { EndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import type { WebhookHealth } from './engine-events';

/** A change that a question brought and no event had told of by then. */
interface Finding {
  readonly endpoint: EndpointKey;
  readonly at: number;
}

/** Watches over the events of webhooks: when polling keeps finding what none told of, they have fallen silent. Instants are epoch ms. */
export class Watchdog {
  readonly #heardAt = new Map<EndpointKey, number>();
  /** Families that events should tell of, each with the moment since when. */
  #covered: ReadonlyMap<EndpointKey, number> = new Map();
  #findings: readonly Finding[] = [];
  #isSilent = false;

  /** Which families events should tell of from now on. */
  cover(endpoints: ReadonlySet<EndpointKey>, now: number): void {
    if (endpoints.size === 0) this.#isSilent = false;
    const before = this.#covered;
    this.#covered = new Map([...endpoints].map((endpoint) => [endpoint, Math.min(before.get(endpoint) ?? now, now)]));
    this.#findings = this.#findings.filter(({ endpoint }) => endpoints.has(endpoint));
  }

  /** An event came: webhooks work. */
  heard(endpoint: EndpointKey, now: number): void {
    this.#heardAt.set(endpoint, now);
    this.#findings = [];
    this.#isSilent = false;
  }

  /**
   * A question brought something new.
   * @param readAt when the family was read before, null = never: what is older than the watch proves nothing
   * @param changedAt when something of the family was stored last: an event since then explains the change
   */
  found(endpoint: EndpointKey, readAt: number | null, changedAt: number | null, now: number): void {
    const since = Math.min(this.#covered.get(endpoint) ?? NaN, now);
    if (Number.isNaN(since) || readAt === null || readAt < since) return;
    const heardAt = this.#heardAt.get(endpoint) ?? -Infinity;
    if (heardAt <= now && heardAt > Math.max(changedAt ?? 0, readAt - LIMITS.eventGraceBeforeMs)) return;
    this.#findings = [...this.#findings, { endpoint, at: now }];
  }

  health(now: number): WebhookHealth {
    if (this.#covered.size === 0) return 'off';
    this.#findings = this.#findings.filter(({ at }) => at <= now); // the clock was set back
    if (this.#findings.some(({ at }) => at <= now - LIMITS.eventGraceAfterMs)) {
      this.#isSilent = true;
      this.#findings = [];
    }
    return this.#isSilent ? 'silent' : 'active';
  }

  /** When to look again, Infinity = not because of this. */
  get nextAt(): number {
    const [first] = this.#findings;
    return first === undefined ? Infinity : first.at + LIMITS.eventGraceAfterMs;
  }
}
