import type { NumberQuantity } from './quantity';
import { roundTo } from './readers/round-to';

/** How many of the API's unit make one of the shown unit: the only conversions of the package. */
const CONVERSIONS: Readonly<Record<string, number>> = { 's>min': 60 };

/** Decimals kept beyond the shown ones where a value is converted, so that no float noise travels (50.166666666666664 min). */
const GUARD_DIGITS = 2;

/**
 * A value in the unit of entities and statistics. Where the API's unit is shown, the number is left as it came.
 * @param value in the API's unit
 */
export function shownValue(value: number, { apiUnit, unit, precision }: NumberQuantity): number {
  const factor = CONVERSIONS[`${String(apiUnit)}>${String(unit)}`];
  return factor === undefined ? value : roundTo(value / factor, precision + GUARD_DIGITS);
}
