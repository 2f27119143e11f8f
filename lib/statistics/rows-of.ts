import { roundTo } from '../catalogue/readers/round-to';
import type { ReadRow, Statistic, StatisticRow } from '../home/statistics/statistic';
import type { DayValue } from './day-values';
import type { NoonHours } from './noon-hours';

/** Decimals of a sum: more than any value has, few enough that thousands of additions leave no noise. */
const SUM_DIGITS = 6;

/** Each day's value as mean, least and greatest of its hour. */
export function meanRows(values: readonly DayValue[], hours: NoonHours): readonly StatisticRow[] {
  return values.map(({ day, value }) => ({ start: hours.of(day), mean: value, min: value, max: value }));
}

/** Each day's value with the sum of all days so far. @param before the sum before the first day */
export function sumRows(values: readonly DayValue[], hours: NoonHours, before: number): readonly StatisticRow[] {
  let sum = before;
  return values.map(({ day, value }) => {
    sum = roundTo(sum + value, SUM_DIGITS);
    return { start: hours.of(day), state: value, sum };
  });
}

/** A row as it is there, to be written again. */
export function keptRow({ start, mean, min, max, state, sum }: ReadRow, kind: Statistic['kind']): StatisticRow {
  return kind === 'sum' ? { start, state: state ?? 0, sum: sum ?? 0 } : { start, mean: mean ?? 0, min: min ?? 0, max: max ?? 0 };
}
