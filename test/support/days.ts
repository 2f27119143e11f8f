import type { HandDocument } from '../simulator/server/support/hand-person';
import type { Body } from '../../lib/ports/documents';

/** A daily_sleep document as the API sends it. */
export function dailySleep(day: string, score: number, more: Body = {}): HandDocument {
  const body = { id: `ds-${day}`, contributors: { deep_sleep: 57, latency: 0 }, day, score, timestamp: `${day}T00:00:00+00:00`, ...more };
  return { endpoint: 'daily_sleep', anchor: `${day}T00:00:00Z`, body };
}

/** A night that ends in the morning of `day`. */
export function night(day: string, more: Body = {}): HandDocument {
  const before = new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
  const body = {
    id: `s-${day}`,
    day,
    bedtime_start: `${before}T22:30:00.000+00:00`,
    bedtime_end: `${day}T06:30:00.000+00:00`,
    type: 'long_sleep',
    period: 0,
    time_in_bed: 28_800,
    total_sleep_duration: 26_400,
    awake_time: 0,
    latency: 0,
    low_battery_alert: false,
    ...more,
  };
  return { endpoint: 'sleep', anchor: `${before}T22:30:00Z`, body };
}

/** A day's activity so far: a ring that syncs moves it. */
export function dailyActivity(day: string, steps: number): HandDocument {
  const body = {
    id: `da-${day}`,
    day,
    score: 80,
    steps,
    active_calories: steps / 20,
    total_calories: 2000,
    timestamp: `${day}T04:00:00+00:00`,
  };
  return { endpoint: 'daily_activity', anchor: `${day}T04:00:00Z`, body };
}

/** One heart-rate row. */
export function heartRate(timestamp: string, bpm: number): HandDocument {
  return { endpoint: 'heartrate', anchor: timestamp, body: { timestamp, bpm, source: 'awake', timestamp_unix: Date.parse(timestamp) } };
}
