/** What rows of judgements and diagnostics tell Home Assistant about themselves. */
export interface EntityRow {
  readonly component: 'sensor' | 'binary_sensor';
  readonly icon: `mdi:${string}`;
  readonly deviceClass: string | null;
  readonly category: 'diagnostic' | null;
  readonly enabledByDefault: boolean;
  /** Of an enum. */
  readonly options?: readonly string[];
  /** Unit and state class of a number. */
  readonly unit?: string;
  readonly stateClass?: 'measurement' | 'total';
}
