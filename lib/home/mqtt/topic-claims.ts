import type { Ledger, Made } from '../ledger';
import { topicsOf } from './topics';

/** Where a ledger is read from. */
interface Place {
  readonly ledger: Ledger;
  readonly owner: string;
  /** Id of the broker. */
  readonly place: string;
  readonly personId: string;
}

/** Which topics of a person were made by which node, by the ledger. */
export class TopicClaims {
  readonly #place: Place;

  constructor(place: Place) {
    this.#place = place;
  }

  /** What the node has made at this broker. */
  own(): readonly Made[] {
    return this.#place.ledger.madeBy(this.#place.owner).filter((made) => this.#isHere(made));
  }

  /** Writes down what the node has made, or will make, at this broker; what it made elsewhere stays. */
  save(made: readonly Made[]): void {
    const { ledger, owner } = this.#place;
    const before = ledger.madeBy(owner);
    const after = [...before.filter((one) => !this.#isHere(one)), ...made];
    if (JSON.stringify(before) !== JSON.stringify(after)) ledger.save(owner, after);
  }

  /** The topics of one entity. */
  topicsIn({ prefix, slug, component, key }: Made): readonly string[] {
    const topics = topicsOf({ prefix, slug, personId: this.#place.personId });
    return [topics.config(component, key), topics.attributes(key), topics.state(key)];
  }

  availabilityOf({ prefix, slug }: Made): string {
    return topicsOf({ prefix, slug, personId: this.#place.personId }).availability;
  }

  /** The topics of other nodes' entities, with those of their availability. */
  ofOthers(): ReadonlySet<string> {
    const { ledger, owner } = this.#place;
    const made = ledger.owners
      .filter((other) => other !== owner)
      .flatMap((other) => ledger.madeBy(other).filter((one) => this.#isHere(one)));
    return new Set(made.flatMap((one) => [...this.topicsIn(one), this.availabilityOf(one)]));
  }

  #isHere({ transport, place }: Made): boolean {
    return transport === 'mqtt' && place === this.#place.place;
  }
}
