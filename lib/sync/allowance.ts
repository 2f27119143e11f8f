import type { Budget } from '../api/budget';
import { addDays, startOfDay } from './local-day';
import type { PlannerState } from './plan';

/** What today's budget still allows, and when the next day's begins. */
export function allowanceOf(budget: Budget, zone: string): PlannerState['budget'] {
  return {
    limit: budget.limit,
    fresh: budget.leftFor('fresh'),
    history: budget.leftFor('history'),
    resetAt: startOfDay(addDays(budget.today().day, 1), zone),
  };
}
