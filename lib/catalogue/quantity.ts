/** Units that are shown as the API sends them and that Home Assistant gives no device class (or none that keeps them as they are). */
export type PlainUnit =
  | 'points'
  | 'bpm'
  | 'ms'
  | 'breaths/min'
  | '%'
  | '°C' // a deviation: with device_class temperature 0.5 would become 32.9 °F
  | 'kcal' // device_class energy would list it beside electricity, and old releases warn
  | 'MET'
  | 'MET min'
  | 'steps'
  | 'm/s' // device_class speed would show mph
  | 'mL/kg/min'
  | 'years'
  | '1/h';

type Plain = { readonly [U in PlainUnit]: { readonly deviceClass: null; readonly apiUnit: U; readonly unit: U } }[PlainUnit];

/** What Home Assistant's statistics do: `total` starts anew with each day and adds up, `measurement` does not add up, null = none. */
export type StateClass = 'measurement' | 'total' | null;

/** `precision`: decimals to show. */
interface Numeric {
  readonly kind: 'number';
  readonly precision: 0 | 1 | 2;
}

/** A number, with the pairings of device class, unit and state class that every Home Assistant accepts; no others can be written. */
export type NumberQuantity = Numeric &
  (
    | (Plain & { readonly stateClass: StateClass })
    | { readonly deviceClass: null; readonly apiUnit: null; readonly unit: null; readonly stateClass: StateClass }
    | { readonly deviceClass: 'duration'; readonly apiUnit: 's'; readonly unit: 'min'; readonly stateClass: StateClass }
    | { readonly deviceClass: 'distance'; readonly apiUnit: 'm'; readonly unit: 'm'; readonly stateClass: StateClass }
    | { readonly deviceClass: 'weight'; readonly apiUnit: 'kg'; readonly unit: 'kg'; readonly stateClass: 'measurement' }
    | { readonly deviceClass: 'battery'; readonly apiUnit: '%'; readonly unit: '%'; readonly stateClass: 'measurement' }
  );

interface Wordless {
  readonly apiUnit: null;
  readonly unit: null;
  readonly stateClass: null;
  readonly precision: null;
}

/** An instant, ISO 8601 with offset. */
export type TimestampQuantity = Wordless & { readonly kind: 'timestamp'; readonly deviceClass: 'timestamp' };
/** A word of an open set: `options` are the members known today, others pass. */
export type EnumQuantity = Wordless & { readonly kind: 'enum'; readonly deviceClass: 'enum'; readonly options: readonly string[] };
/** Any text. */
export type TextQuantity = Wordless & { readonly kind: 'text'; readonly deviceClass: null };
/** Yes or no: a binary sensor. */
export type FlagQuantity = Wordless & { readonly kind: 'flag'; readonly deviceClass: 'battery' | 'battery_charging' | 'plug' | null };

/** What a metric is: its unit in the API, its unit in entities and statistics (fixed for ever), and how Home Assistant treats it. */
export type Quantity = NumberQuantity | TimestampQuantity | EnumQuantity | TextQuantity | FlagQuantity;
