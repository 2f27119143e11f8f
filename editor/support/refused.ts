import type { Refusal } from '../../lib/accounts/wire';

/** The server did not do what it was asked; `errors` say why and which field to mark. */
export class Refused extends Error {
  readonly errors: Refusal['errors'];

  constructor(refusal: Refusal) {
    super(refusal.errors.map(({ code }) => code).join(', '));
    this.name = 'Refused';
    this.errors = refusal.errors;
  }
}
