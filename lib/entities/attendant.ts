import type { EntityTransport } from '../home/entity-transport';
import type { PersonHost } from '../sync/person-host';
import type { ControlValues } from './control-values';

/** Whom an attendant serves: a person whose entities are declared. */
export interface Attended {
  readonly host: PersonHost;
  readonly controls: ControlValues;
  readonly transport: Pick<EntityTransport, 'fire'>;
  /** Name of the person's device. */
  readonly device: string;
}

/** What goes along with the entities of a person from the moment they are declared: telling what happens, bridging documents. */
export interface Attendant {
  controlsChanged(): void;
  /** Lets go; what was made stays. */
  end(): void;
  /**
   * Takes away what was made. What is known to be there is handed over before this returns: a broker's node may end in the same turn.
   * @throws OuraError broker_away, home_away; the signal's reason
   */
  remove(signal: AbortSignal): Promise<void>;
}

/** Begins to attend. */
export type Attend = (attended: Attended) => Attendant;
