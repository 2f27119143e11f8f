import type { ControlKey } from '../catalogue/controls';
import type { ControlValue } from './control-book';

/** A person changed a control or pressed a button (both values null). */
export interface ControlNews {
  readonly key: ControlKey;
  readonly value: ControlValue | null;
  readonly previous: ControlValue | null;
}
