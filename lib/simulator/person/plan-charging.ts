import { batteryCharge } from './battery-charge';
import type { DayEvent } from './day-events';
import type { PersonModel } from './person-model';

/** The time the ring lies in its charger after the morning shower, every three to five days. */
export function planCharging(model: PersonModel, day: number): readonly DayEvent[] {
  const charge = batteryCharge(model, day);
  if (charge.day !== day) return [];
  return [{ kind: 'charging', start: charge.start, end: charge.end, what: 'charging', effort: 0 }];
}
