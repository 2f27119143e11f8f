import type { Body } from '../../ports/documents';
import { fiveMinutePhases } from './five-minute-phases';
import { localText } from './local-text';
import type { Readiness } from './readiness';
import type { SleepFigures } from './sleep-figures';
import type { SleepRecording } from './sleep-recording';
import { MS } from './units';
import type { ZoneOffsets } from './zone-offsets';

/** What a sleep document says beside its recording. */
export interface SleepContext {
  readonly id: string;
  /** `YYYY-MM-DD` */
  readonly day: string;
  readonly type: string;
  readonly period: number;
  readonly breath: number | null;
  readonly lowBattery: boolean;
  readonly readiness: Readiness | null;
  /** Effect of this period on the scores of the day; null = unknown. */
  readonly delta: number | null;
  readonly reason: string;
}

/** The body of one document of /sleep. */
export function sleepBody(recording: SleepRecording, figures: SleepFigures, offsets: ZoneOffsets, context: SleepContext): Body {
  const { start, end, phases, samples } = recording;
  const first = localText.milliseconds(start, offsets.at(start));
  const series = (items: readonly (number | null)[] | undefined): Body | null =>
    items === undefined ? null : { interval: MS.fiveMinutes / MS.second, items, timestamp: first };
  const short = fiveMinutePhases(phases);
  return {
    id: context.id,
    average_breath: figures.averageHeart === null ? null : context.breath,
    average_heart_rate: figures.averageHeart,
    average_hrv: figures.averageHrv,
    awake_time: figures.awake,
    bedtime_end: localText.seconds(end, offsets.at(end)),
    bedtime_start: localText.seconds(start, offsets.at(start)),
    day: context.day,
    deep_sleep_duration: figures.deep,
    efficiency: figures.efficiency,
    heart_rate: series(samples?.heart),
    hrv: series(samples?.hrv),
    latency: figures.latency,
    light_sleep_duration: figures.light,
    low_battery_alert: context.lowBattery,
    lowest_heart_rate: figures.lowestHeart,
    movement_30_sec: recording.movement,
    period: context.period,
    readiness: context.readiness,
    readiness_score_delta: context.delta,
    rem_sleep_duration: figures.rem,
    restless_periods: figures.restless,
    sleep_algorithm_version: 'v2',
    sleep_analysis_reason: context.reason,
    sleep_phase_30_sec: phases.join(''),
    sleep_phase_5_min: short,
    sleep_score_delta: context.delta,
    time_in_bed: figures.inBed,
    total_sleep_duration: figures.total,
    type: context.type,
    ring_id: null,
    app_sleep_phase_5_min: short,
  };
}
