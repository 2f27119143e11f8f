import { ZodError } from 'zod';
import { FieldErrors } from '../../lib/accounts/field-errors';
import type { Refusal } from '../../lib/accounts/wire';
import { toOuraError } from '../../lib/errors/to-oura-error';

/** What a failed call of the editor is answered with: the status of HTTP, and codes. */
export function refusalOf(cause: unknown): readonly [number, Refusal] {
  if (cause instanceof FieldErrors) return [422, cause.toRefusal()];
  if (cause instanceof ZodError)
    return [400, { errors: [{ field: null, code: 'field_invalid', params: { field: cause.issues[0]?.path.join('.') ?? '' } }] }];
  const { code, params, retry } = toOuraError(cause);
  return [code === 'unexpected' ? 500 : retry === 'later' ? 503 : 422, { errors: [{ field: null, code, params }] }];
}
