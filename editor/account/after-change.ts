import type { Step } from './steps-of';

/** What has to be looked at again when something in a step was changed. */
const SHAKEN: Readonly<Partial<Record<Step, readonly Step[]>>> = {
  who: ['who'],
  application: ['application', 'authorise', 'test'],
  token: ['token', 'test'],
  keep: ['keep'],
};

/** The steps that are still answered after something in one of them was changed. */
export function afterChange(step: Step, answered: ReadonlySet<Step>): ReadonlySet<Step> {
  const shaken = SHAKEN[step] ?? [];
  return new Set([...answered].filter((one) => !shaken.includes(one)));
}
