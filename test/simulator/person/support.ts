import type { EndpointKey } from '../../../lib/catalogue/endpoints';
import { ENDPOINT_KEYS } from '../../../lib/catalogue/endpoints';
import { SimulatedPerson } from '../../../lib/simulator/person/simulated-person';
import type { PersonOptions, SimulatedDocument, SimulatedPersonPort } from '../../../lib/simulator/types';

export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

/** Endpoints that are asked for through `documents`. */
export const DOCUMENT_ENDPOINTS = ENDPOINT_KEYS.filter((key) => key !== 'personal_info');
export const SERIES: readonly EndpointKey[] = ['heartrate', 'ring_battery_level'];

export function personOf(seed: string, options: Partial<PersonOptions> = {}): SimulatedPerson {
  return new SimulatedPerson({ seed, firstDay: '2023-06-01', ...options });
}

export interface Sample {
  readonly interval: number;
  readonly items: readonly (number | null)[];
  readonly timestamp: string;
}

export interface SleepFields {
  readonly id: string;
  readonly day: string;
  readonly type: string;
  readonly period: number;
  readonly bedtime_start: string;
  readonly bedtime_end: string;
  readonly awake_time: number;
  readonly deep_sleep_duration: number;
  readonly light_sleep_duration: number;
  readonly rem_sleep_duration: number;
  readonly total_sleep_duration: number;
  readonly time_in_bed: number;
  readonly latency: number;
  readonly efficiency: number;
  readonly average_heart_rate: number | null;
  readonly lowest_heart_rate: number | null;
  readonly average_hrv: number | null;
  readonly heart_rate: Sample | null;
  readonly hrv: Sample | null;
  readonly movement_30_sec: string;
  readonly sleep_phase_5_min: string;
  readonly sleep_phase_30_sec: string;
  readonly sleep_analysis_reason: string;
}

export interface ReadinessFields {
  readonly id: string;
  readonly day: string;
  readonly score: number | null;
  readonly temperature_deviation: number | null;
  readonly contributors: Readonly<Record<string, number | null>>;
}

export interface ActivityFields {
  readonly day: string;
  readonly timestamp: string;
  readonly score: number | null;
  readonly contributors: Readonly<Record<string, number | null>>;
  readonly class_5_min: string;
  readonly met: Sample;
  readonly steps: number;
  readonly active_calories: number;
  readonly total_calories: number;
  readonly non_wear_time: number;
  readonly resting_time: number;
  readonly sedentary_time: number;
  readonly low_activity_time: number;
  readonly medium_activity_time: number;
  readonly high_activity_time: number;
  readonly low_activity_met_minutes: number;
  readonly medium_activity_met_minutes: number;
  readonly high_activity_met_minutes: number;
  readonly sedentary_met_minutes: number;
}

interface DayField {
  readonly day: string;
}

export interface ScoredFields extends DayField {
  readonly score: number | null;
  readonly contributors: Readonly<Record<string, number | null>>;
}

interface Row {
  readonly timestamp: string;
  readonly timestamp_unix: number;
}

/** Fields that tests read, by endpoint. */
interface Bodies {
  readonly daily_activity: ActivityFields;
  readonly daily_cardiovascular_age: DayField;
  readonly daily_readiness: ReadinessFields;
  readonly daily_resilience: DayField;
  readonly daily_sleep: ScoredFields;
  readonly daily_spo2: {
    readonly spo2_percentage: { readonly average: number } | null;
    readonly breathing_disturbance_index: number | null;
  };
  readonly daily_stress: {
    readonly stress_high: number | null;
    readonly recovery_high: number | null;
    readonly day_summary: string | null;
  };
  readonly enhanced_tag: {
    readonly tag_type_code: string | null;
    readonly custom_name: string | null;
    readonly comment: string | null;
    readonly start_day: string;
    readonly end_day: string | null;
  };
  readonly heartrate: Row & { readonly bpm: number; readonly source: string };
  readonly ring_battery_level: Row & { readonly level: number; readonly charging: boolean; readonly in_charger: boolean };
  readonly ring_configuration: { readonly id: string; readonly set_up_at: string; readonly firmware_version: string | null };
  readonly session: { readonly mood: string | null };
  readonly sleep: SleepFields;
  readonly sleep_time: { readonly status: string; readonly optimal_bedtime: object | null };
  readonly tag: DayField;
  readonly workout: DayField & {
    readonly source: string;
    readonly intensity: string;
    readonly start_datetime: string;
    readonly distance: number | null;
    readonly label: string | null;
  };
}

/** The body of a document of an endpoint. */
export function bodyOf<K extends keyof Bodies>(_endpoint: K, document: SimulatedDocument): Bodies[K] {
  return document.body as unknown as Bodies[K]; // shapes are checked against the specification in schema.spec.ts
}

/** The bodies a person has of an endpoint between two moments, as shown at a third. */
export function bodies<K extends keyof Bodies>(
  person: SimulatedPersonPort,
  endpoint: K,
  [from, to, now]: readonly [number, number, number],
): readonly Bodies[K][] {
  return person.documents(endpoint, from, to, now).map((document) => bodyOf(endpoint, document));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** Pearson's r of pairs. */
export function correlation(pairs: readonly (readonly [number, number])[]): number {
  const mx = mean(pairs.map(([x]) => x));
  const my = mean(pairs.map(([, y]) => y));
  let xy = 0;
  let xx = 0;
  let yy = 0;
  for (const [x, y] of pairs) {
    xy += (x - mx) * (y - my);
    xx += (x - mx) ** 2;
    yy += (y - my) ** 2;
  }
  return xy / Math.sqrt(xx * yy);
}

export function known<T>(values: readonly (T | null | undefined)[]): readonly T[] {
  return values.filter((value) => value !== null && value !== undefined);
}
