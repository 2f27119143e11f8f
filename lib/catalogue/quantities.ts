import type { EnumQuantity, Quantity } from './quantity';

const wordless = { apiUnit: null, unit: null, stateClass: null, precision: null } as const;
const plain = { kind: 'number', deviceClass: null, stateClass: 'measurement' } as const;
const duration = { kind: 'number', deviceClass: 'duration', apiUnit: 's', unit: 'min', precision: 0 } as const;
const distance = { kind: 'number', deviceClass: 'distance', apiUnit: 'm', unit: 'm' } as const;

/** The quantities that metrics share. `…Today` ones are daily totals. */
export const QUANTITIES = {
  points: { ...plain, apiUnit: 'points', unit: 'points', precision: 0 },
  bpm: { ...plain, apiUnit: 'bpm', unit: 'bpm', precision: 0 },
  ms: { ...plain, apiUnit: 'ms', unit: 'ms', precision: 0 },
  breaths: { ...plain, apiUnit: 'breaths/min', unit: 'breaths/min', precision: 1 },
  percent: { ...plain, apiUnit: '%', unit: '%', precision: 0 },
  finePercent: { ...plain, apiUnit: '%', unit: '%', precision: 1 },
  temperatureDeviation: { ...plain, apiUnit: '°C', unit: '°C', precision: 2 },
  kcal: { ...plain, apiUnit: 'kcal', unit: 'kcal', precision: 0 },
  kcalToday: { ...plain, apiUnit: 'kcal', unit: 'kcal', precision: 0, stateClass: 'total' },
  met: { ...plain, apiUnit: 'MET', unit: 'MET', precision: 2 },
  metMinutesToday: { ...plain, apiUnit: 'MET min', unit: 'MET min', precision: 0, stateClass: 'total' },
  stepsToday: { ...plain, apiUnit: 'steps', unit: 'steps', precision: 0, stateClass: 'total' },
  velocity: { ...plain, apiUnit: 'm/s', unit: 'm/s', precision: 1 },
  vo2: { ...plain, apiUnit: 'mL/kg/min', unit: 'mL/kg/min', precision: 0 },
  years: { ...plain, apiUnit: 'years', unit: 'years', precision: 0 },
  perHour: { ...plain, apiUnit: '1/h', unit: '1/h', precision: 1 },
  count: { ...plain, apiUnit: null, unit: null, precision: 0 },
  countToday: { ...plain, apiUnit: null, unit: null, precision: 0, stateClass: 'total' },
  size: { ...plain, apiUnit: null, unit: null, precision: 0, stateClass: null },
  duration: { ...duration, stateClass: 'measurement' },
  durationToday: { ...duration, stateClass: 'total' },
  distance: { ...distance, stateClass: 'measurement', precision: 0 },
  distanceToday: { ...distance, stateClass: 'total', precision: 0 },
  height: { ...distance, stateClass: 'measurement', precision: 2 },
  weight: { kind: 'number', deviceClass: 'weight', apiUnit: 'kg', unit: 'kg', stateClass: 'measurement', precision: 1 },
  battery: { kind: 'number', deviceClass: 'battery', apiUnit: '%', unit: '%', stateClass: 'measurement', precision: 0 },
  timestamp: { ...wordless, kind: 'timestamp', deviceClass: 'timestamp' },
  text: { ...wordless, kind: 'text', deviceClass: null },
  flag: { ...wordless, kind: 'flag', deviceClass: null },
  batteryLow: { ...wordless, kind: 'flag', deviceClass: 'battery' },
  batteryCharging: { ...wordless, kind: 'flag', deviceClass: 'battery_charging' },
  plug: { ...wordless, kind: 'flag', deviceClass: 'plug' },
} as const satisfies Record<string, Quantity>;

/** An open set of words. @param options the members known today */
export function enumOf(...options: readonly string[]): EnumQuantity {
  return { ...wordless, kind: 'enum', deviceClass: 'enum', options };
}
