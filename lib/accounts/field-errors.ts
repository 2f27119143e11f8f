import type { OuraError } from '../errors/oura-error';
import type { DialogField, Refusal } from './wire';

interface FieldError {
  /** The field to mark; null = none in particular. */
  readonly field: DialogField | null;
  readonly error: OuraError;
}

/** Several things wrong with what was typed into the dialog, each with its field. */
export class FieldErrors extends Error {
  override readonly name = 'FieldErrors' as const;
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super(errors.map(({ field, error }) => `${field ?? '-'}: ${error.code}`).join(', '));
    this.errors = errors;
  }

  toRefusal(): Refusal {
    return { errors: this.errors.map(({ field, error: { code, params } }) => ({ field, code, params })) };
  }
}
