import type { Component, EntityCommand, EntityDefinition, EntityEvent, EntityState, PersonDevice } from './entity';

/**
 * A way for the entities of one person, wanted by one node, into Home Assistant. It takes wishes at any time and carries them out as soon
 * as the other side is there; it sends nothing that is there already. No call throws because the other side is away.
 */
export interface EntityTransport {
  /** Kinds of entities that this way can show; others are left out without a word. */
  readonly components: ReadonlySet<Component>;
  /**
   * These and only these entities shall be there. What the node made earlier and is not among them is taken away, also what it made
   * under another slug, topic prefix or kind. Names, units and the device come up to date.
   */
  declare(device: PersonDevice, definitions: readonly EntityDefinition[]): void;
  /** New states of declared entities; those not named keep theirs. */
  show(states: readonly EntityState[]): void;
  /** Tells an event of a declared event entity; not kept for later than LIMITS.eventKeepMs while the other side is away. */
  fire(event: EntityEvent): void;
  /** Whether somebody acts on commands now. */
  setAvailable(isAvailable: boolean): void;
  /** @param listener hears what people do with declared controls. @returns ends it */
  onCommand(listener: (command: EntityCommand) => void): () => void;
  /** Whether all wishes so far are carried out as far as that can be seen from here. */
  readonly isSettled: boolean;
  /** @throws OuraError why not, as soon as that is known; the signal's reason */
  settled(signal: AbortSignal): Promise<void>;
  /** Takes away everything the node made this way. @throws OuraError broker_away, home_away; the signal's reason */
  remove(signal: AbortSignal): Promise<void>;
  /** Says `offline` where that is possible and lets go; entities and their values stay. Calling it twice is harmless. */
  close(): Promise<void>;
}
