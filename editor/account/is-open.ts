import type { Step } from './steps-of';

/** Whether a step may be opened: every one before it was answered, or the account is there already. */
export function isOpen(step: Step, steps: readonly Step[], answered: ReadonlySet<Step>, isNew: boolean): boolean {
  if (!isNew) return steps.includes(step);
  const at = steps.indexOf(step);
  return at >= 0 && steps.slice(0, at).every((before) => answered.has(before));
}
