import type { SimulatedDocument } from '../types';
import { batteryCharge } from './battery-charge';
import { batteryLevel } from './battery-level';
import type { DayDocuments } from './day-documents';
import type { PersonModel } from './person-model';
import { TOPICS } from './topics';
import { MS } from './units';

const HOURS = 24;
const CHARGING_STEP_MS = 5 * MS.minute;
/** The ring is left in the charger for a while after it is full. */
const FULL_BEFORE_END_MS = 10 * MS.minute;

/** ring_battery_level: about once an hour, every five minutes in the charger. Times are UTC with Z, timestamp_unix in ms. */
export const ringBatteryDocuments: DayDocuments = (view, day, asked) => {
  const { model } = view;
  const midnight = model.midnight(day);
  if (!model.worn(day) || midnight > asked.to || model.midnight(day + 1) <= asked.from) return [];
  const rows: SimulatedDocument[] = [];
  for (const instant of instantsOf(view.model, day)) {
    if (instant < asked.from || instant > asked.to) continue;
    const visibleAt = view.afterSync(day, instant, asked.now);
    if (visibleAt > asked.now) continue;
    const charge = batteryCharge(model, day);
    const inCharger = instant >= charge.start && instant <= charge.end;
    const body = {
      timestamp: new Date(instant).toISOString(),
      timestamp_unix: instant,
      charging: inCharger && instant < charge.end - FULL_BEFORE_END_MS,
      in_charger: inCharger,
      level: batteryLevel(model, day, instant),
    };
    rows.push({ body, anchorMs: instant, visibleAt });
  }
  return rows;
};

function instantsOf(model: PersonModel, day: number): readonly number[] {
  const start = model.midnight(day);
  const end = model.midnight(day + 1);
  const charge = batteryCharge(model, day);
  const instants: number[] = [];
  for (let hour = 0; hour < 2 * HOURS; hour += 1) {
    const instant = start + hour * MS.hour + Math.round(3000 * model.chance.unit(TOPICS.battery, day, hour)) * MS.second;
    const charging = charge.day === day && instant >= charge.start - CHARGING_STEP_MS && instant <= charge.end + CHARGING_STEP_MS;
    if (instant < end && !charging) instants.push(instant);
  }
  if (charge.day === day) for (let at = charge.start; at <= charge.end; at += CHARGING_STEP_MS) instants.push(at);
  return instants.toSorted((a, b) => a - b);
}
