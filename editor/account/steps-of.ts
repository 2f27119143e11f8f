import type { WizardStep } from '../../lib/accounts/wire';

/** `account` is the page of an account that is there already. */
export type Step = WizardStep | 'account';

const STEPS: Readonly<Record<string, readonly WizardStep[]>> = {
  oauth2: ['who', 'application', 'authorise', 'test', 'keep', 'done'],
  token: ['who', 'token', 'test', 'keep', 'done'],
  demo: ['who', 'keep', 'done'],
  sandbox: ['who', 'keep', 'done'],
};

/** The steps of an account in order. @param mode `${NAME}` = unknown here: every step may be needed */
export function stepsOf(mode: string, isNew: boolean): readonly Step[] {
  const steps = STEPS[mode] ?? ['who', 'application', 'authorise', 'token', 'test', 'keep', 'done'];
  return isNew ? steps : ['account', ...steps];
}
