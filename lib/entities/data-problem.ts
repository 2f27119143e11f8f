import { daysBetween } from '../sync/local-day';
import type { JudgementInputs, Verdict } from './verdict';

/** Whether a person should look after the account: something only they can solve, or too many days without data. */
export function dataProblem({ account, controls, today }: JudgementInputs): Verdict {
  const { problems, newestDay, wasRead } = account;
  const days = newestDay === null ? null : Math.max(0, daysBetween(newestDay, today));
  const attributes = { basis: 'account', problems, days_without_data: days };
  if (problems.length > 0) return { state: true, reason: null, day: null, attributes };
  if (days === null) return { state: null, reason: wasRead ? 'no_data' : 'pending', day: null, attributes };
  return { state: days >= controls.number('alert_days_without_data'), reason: null, day: null, attributes };
}
