import type { EntityTransport } from '../home/entity-transport';
import type { Broker } from '../ports/broker';
import type { Made } from '../home/ledger';
import type { Settings } from '../ports/settings';

/** Whose entities: the person, and where what was made is written down. */
export interface EntitiesOf {
  readonly personId: string;
  readonly settings: Settings;
}

/** A way into Home Assistant that is open from here. */
export interface Way {
  readonly transport: Made['transport'];
  /** As the ledger names it: the id of the broker's node, or of the oura-home node. */
  readonly place: string;
  /** Whether entities can be there switched off; if not, those that shall be are left out. */
  readonly canSwitchOff: boolean;
  /** Where there can be topics beside the entities; null = there is no broker on this way. */
  readonly broker: Broker | null;
  /** Takes it for a person. @param owner id of the node */
  open(person: EntitiesOf, owner: string): EntityTransport;
  /** @param listener hears when the other side comes or goes. @returns ends it */
  onChange(listener: () => void): () => void;
}

/** Opens a broker that no Home Assistant of the flows has. Who asks closes it. @returns null when its node was removed or is disabled */
export type OpenBroker = (id: string) => (Broker & { close(isRemoved: boolean): Promise<void> }) | null;
