import type { DialogField } from '../../lib/accounts/wire';

/** Where a field may come from when Node-RED's environment has it. */
const VARIABLES = { clientId: 'OURA_CLIENT_ID', clientSecret: 'OURA_CLIENT_SECRET', accessToken: 'OURA_TOKEN' } as const satisfies Partial<
  Record<DialogField, string>
>;

/** A field that can be taken from a variable of the environment. */
export interface Offer {
  readonly field: keyof typeof VARIABLES;
  readonly variable: string;
  /** What to put into the field; the server fills in the variable. */
  readonly reference: string;
}

/** @param environment the variables that are set, as the server found them */
export function environmentOffers(environment: readonly string[]): readonly Offer[] {
  const fields = Object.keys(VARIABLES) as (keyof typeof VARIABLES)[]; // of a constant without further keys
  return fields
    .map((field) => ({ field, variable: VARIABLES[field], reference: `\${${VARIABLES[field]}}` }))
    .filter(({ variable }) => environment.includes(variable));
}
