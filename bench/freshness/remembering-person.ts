import { endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import type { SimulatedDocument, SimulatedPersonPort } from '../../lib/simulator/types';
import type { CloudChange } from './cloud-changes';

const KEPT = 400;

/** A person who remembers what was last asked: between two changes of a family the same question has the same answer. Only saves time. */
export class RememberingPerson implements SimulatedPersonPort {
  readonly #person: SimulatedPersonPort;
  /** Moments at which a family changed, ascending. */
  readonly #moments = new Map<EndpointKey, number[]>();
  readonly #answers = new Map<string, readonly SimulatedDocument[]>();

  /** @param changes all there are while the person is asked */
  constructor(person: SimulatedPersonPort, changes: readonly CloudChange[]) {
    this.#person = person;
    for (const { endpoint, at } of changes) {
      const moments = this.#moments.get(endpoint) ?? [];
      moments.push(at);
      this.#moments.set(endpoint, moments);
    }
  }

  get personalInfo(): SimulatedPersonPort['personalInfo'] {
    return this.#person.personalInfo;
  }

  get zone(): string {
    return this.#person.zone;
  }

  documents(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[] {
    if (endpointOf(endpoint).kind === 'series') return this.#person.documents(endpoint, fromMs, toMs, now);
    const key = `${endpoint} ${fromMs} ${toMs} ${this.#changesUntil(endpoint, now)}`;
    const known = this.#answers.get(key);
    if (known !== undefined) return known;
    const answer = this.#person.documents(endpoint, fromMs, toMs, now);
    if (this.#answers.size >= KEPT) this.#answers.clear();
    this.#answers.set(key, answer);
    return answer;
  }

  syncs(fromMs: number, toMs: number): ReturnType<SimulatedPersonPort['syncs']> {
    return this.#person.syncs(fromMs, toMs);
  }

  #changesUntil(endpoint: EndpointKey, now: number): number {
    const moments = this.#moments.get(endpoint) ?? [];
    let [low, high] = [0, moments.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((moments[middle] ?? Infinity) <= now) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
