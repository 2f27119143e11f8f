interface Common {
  readonly icon: `mdi:${string}`;
  /** Home Assistant's entity category. */
  readonly category: 'config' | null;
}

/** Units and device classes of numbers that Home Assistant accepts; a temperature deviation has none, or it would be turned into °F. */
type NumberUnit =
  | { readonly unit: 'points' | 'bpm' | 'steps' | '°C' | '%' | 'kcal' | 'd' | null; readonly deviceClass: null }
  | { readonly unit: 'min' | 'h'; readonly deviceClass: 'duration' };

export type SelectControl = Common & { readonly kind: 'select'; readonly options: readonly string[]; readonly default: string };
export type NumberControl = Common &
  NumberUnit & { readonly kind: 'number'; readonly min: number; readonly max: number; readonly step: number; readonly default: number };
export type ButtonControl = Common & { readonly kind: 'button' };
export type SwitchControl = Common & { readonly kind: 'switch'; readonly default: boolean };

/** Something a person sets or presses in Home Assistant. */
export type Control = SelectControl | NumberControl | ButtonControl | SwitchControl;
