/** A state as Home Assistant gives it. */
export interface EntityState {
  readonly entity_id: string;
  readonly state: string;
  readonly attributes: Readonly<Record<string, unknown>>;
  readonly last_changed: string;
  readonly last_updated: string;
}

/** An entry of the entity registry. */
export interface RegistryEntry {
  readonly entity_id: string;
  readonly unique_id: string;
  readonly platform: string;
  readonly name: string | null;
  readonly original_name: string | null;
  readonly device_id: string | null;
  readonly disabled_by: string | null;
  readonly hidden_by: string | null;
  readonly entity_category: string | null;
  readonly translation_key: string | null;
}

/** An entry of the device registry. */
export interface Device {
  readonly id: string;
  readonly identifiers: readonly (readonly [string, string])[];
  readonly name: string | null;
  readonly manufacturer: string | null;
  readonly model: string | null;
  readonly sw_version: string | null;
  readonly hw_version: string | null;
  readonly configuration_url: string | null;
}
