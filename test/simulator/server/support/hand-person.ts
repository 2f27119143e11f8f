import type { EndpointKey } from '../../../../lib/catalogue/endpoints';
import type { Body } from '../../../../lib/ports/documents';
import type { SimulatedDocument, SimulatedPersonPort } from '../../../../lib/simulator/types';

/** One version of a document, all instants written out. */
export interface HandDocument {
  readonly endpoint: EndpointKey;
  readonly anchor: string;
  readonly visible?: string;
  readonly body: Body;
}

const LONG_AGO = '2020-01-01T00:00:00Z';

/** A person of whom every document is written out by hand. Of several versions with one id the newest visible one counts. */
export class HandPerson implements SimulatedPersonPort {
  readonly personalInfo: Body;
  readonly zone: string;
  readonly #documents: readonly HandDocument[];
  readonly #syncs: readonly { readonly at: number; readonly kind: 'background' | 'app' }[];

  constructor(
    documents: readonly HandDocument[],
    options: { zone?: string; id?: string; syncs?: readonly (readonly [string, 'background' | 'app'])[] } = {},
  ) {
    const { zone = 'Europe/Helsinki', id = 'person-1', syncs = [] } = options;
    this.personalInfo = { id, age: 41, weight: 74.8, height: 1.8, biological_sex: 'male', email: 'person@example.com' };
    this.zone = zone;
    this.#documents = documents;
    this.#syncs = syncs.map(([at, kind]) => ({ at: Date.parse(at), kind }));
  }

  documents(endpoint: EndpointKey, fromMs: number, toMs: number, now: number): readonly SimulatedDocument[] {
    const visible = new Map<unknown, SimulatedDocument>();
    for (const { endpoint: of, anchor, visible: since = LONG_AGO, body } of this.#documents) {
      const visibleAt = Date.parse(since);
      if (of === endpoint && visibleAt <= now) visible.set(body['id'] ?? anchor, { body, anchorMs: Date.parse(anchor), visibleAt });
    }
    const bounded = endpoint !== 'ring_configuration';
    const inside = [...visible.values()].filter(({ anchorMs }) => !bounded || (anchorMs >= fromMs && anchorMs <= toMs));
    return inside.toSorted((a, b) => a.anchorMs - b.anchorMs);
  }

  syncs(fromMs: number, toMs: number): readonly { readonly at: number; readonly kind: 'background' | 'app' }[] {
    return this.#syncs.filter(({ at }) => at > fromMs && at <= toMs);
  }
}
