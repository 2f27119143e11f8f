import type { ControlKey } from '../catalogue/controls';

/** What a person has chosen, or the default. */
export interface ControlValues {
  /** Selects: the option; numbers: the number; switches: boolean. */
  select(key: ControlKey): string;
  number(key: ControlKey): number;
  isOn(key: ControlKey): boolean;
  /** Whether everything rests until this instant (epoch ms); null = nothing rests. */
  readonly pausedUntil: number | null;
}
