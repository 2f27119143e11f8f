import type { Quantity } from './quantity';

/** The kind of entity that shows a quantity in Home Assistant. */
export function componentOf(quantity: Quantity): 'sensor' | 'binary_sensor' {
  return quantity.kind === 'flag' ? 'binary_sensor' : 'sensor';
}
