import type { CheckAnswer, CheckRequest, WizardStep } from '../../lib/accounts/wire';
import type { Context } from './context';

/** Has the server check a step, and marks what came from the environment. @returns true @throws Refused, Unanswered */
export async function checkStep(context: Context, step: WizardStep): Promise<true> {
  const request: CheckRequest = { step, values: context.values() };
  const { fromEnvironment } = await context.ask<CheckAnswer>('check', request);
  const panel = context.root.querySelector(`.oura-panel[data-step=${step}]`);
  if (panel !== null) context.fields.markEnvironment(panel, fromEnvironment);
  return true;
}
