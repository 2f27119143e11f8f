import { isVersionAtLeast } from '../is-version-at-least';
import type { Statistic } from './statistic';

/** Home Assistant's numbers for the kinds of means. */
const MEAN_TYPES = { mean: 1, sum: 0 } as const;

/**
 * The metadata of `recorder/import_statistics`. Its schema is strict and another one since 2025.11: before, `has_mean` is required and the
 * new keys are unknown; since then, `has_mean` alone is warned about (tried on 2024.1.6, 2025.4.4, 2025.12.5 and 2026.11.0).
 * `unit_class` null is right for every unit, and no unit is converted then.
 * @param version of Home Assistant
 */
export function statisticMetadata(version: string, { id, name, unit, kind }: Statistic): Readonly<Record<string, unknown>> {
  const [source = ''] = id.split(':');
  const common = { statistic_id: id, source, name, unit_of_measurement: unit, has_sum: kind === 'sum' };
  return isVersionAtLeast(version, '2025.11')
    ? { ...common, mean_type: MEAN_TYPES[kind], unit_class: null }
    : { ...common, has_mean: kind === 'mean' };
}
