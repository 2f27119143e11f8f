/** Kinds of entities this package makes in Home Assistant. */
export const COMPONENTS = ['sensor', 'binary_sensor', 'select', 'number', 'button', 'switch', 'text', 'event'] as const;
export type Component = (typeof COMPONENTS)[number];

/** The device that all entities of a person belong to. */
export interface PersonDevice {
  /** 12 hex digits; part of every `unique_id`. */
  readonly personId: string;
  /** Part of every topic and entity id. */
  readonly slug: string;
  /** `Oura <name>`, or just `Oura`. */
  readonly name: string;
  /** The ring's hardware and firmware; null = not known. */
  readonly model: string | null;
  readonly hwVersion: string | null;
  readonly swVersion: string | null;
}

/** What an entity is, whichever way it takes into Home Assistant. Null = Home Assistant is told nothing of it. */
export interface EntityDefinition {
  /** Unique within a person: of a metric, a control, or a further entity of the flow. */
  readonly key: string;
  readonly component: Component;
  /** In the language of Home Assistant. */
  readonly name: string;
  readonly icon: `mdi:${string}` | null;
  readonly deviceClass: string | null;
  readonly stateClass: 'measurement' | 'total' | 'total_increasing' | null;
  readonly unit: string | null;
  readonly category: 'diagnostic' | 'config' | null;
  /** Whether the entity is switched on when it first appears. */
  readonly enabledByDefault: boolean;
  /** Decimals to show. */
  readonly precision: number | null;
  /** Of a select; of an enum sensor the words known today. */
  readonly options: readonly string[] | null;
  /** Of a number. */
  readonly range: { readonly min: number; readonly max: number; readonly step: number } | null;
  /** Of an event. */
  readonly eventTypes: readonly string[] | null;
  /** Whether it is unavailable while nobody could act on it: controls are, dated values stay true. */
  readonly hasAvailability: boolean;
  /** Whether its states carry `lastReset`. */
  readonly hasLastReset: boolean;
}

/** What an entity shows now. */
export interface EntityState {
  readonly key: string;
  /** Binary sensors and switches: boolean; timestamps: ISO 8601 with offset; null = unknown. */
  readonly state: string | number | boolean | null;
  /** All of them, each time. */
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Daily totals: local start of the value's own day, ISO 8601 with offset; else null. */
  readonly lastReset: string | null;
}

/** Something that happened, told once: the entity is of component `event`. */
export interface EntityEvent {
  readonly key: string;
  readonly eventType: string;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** What a person did in Home Assistant, as it came: select and text a text, number a number, switch a boolean, button null. */
export interface EntityCommand {
  readonly key: string;
  readonly value: string | number | boolean | null;
}
