import type { RealHomeAssistant } from './real-home-assistant';

/** One hour of a statistic. */
export interface HourRow {
  /** epoch ms */
  readonly start: number;
  readonly mean?: number | null;
  readonly min?: number | null;
  readonly max?: number | null;
  readonly state?: number | null;
  readonly sum?: number | null;
}

/** All that Home Assistant has of some statistics, by id. */
export function readRows(homeAssistant: RealHomeAssistant, ids: readonly string[]): Promise<Readonly<Record<string, readonly HourRow[]>>> {
  return homeAssistant.send({
    type: 'recorder/statistics_during_period',
    start_time: '2015-01-01T00:00:00Z',
    statistic_ids: ids,
    period: 'hour',
    types: ['mean', 'min', 'max', 'state', 'sum'],
  });
}
