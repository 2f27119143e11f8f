import { OuraError } from '../errors/oura-error';
import { accountConfig, type AccountConfig, type AccountCredentials } from '../sync/account-config';
import { FieldErrors } from './field-errors';
import { resolveVariable } from './resolve-variable';
import type { DialogField, DialogValues } from './wire';

/** What the editor shows in place of a password it never gets. */
export const STORED = '__PWRD__';

/** Where values come from besides the dialog. */
export interface ValueSources {
  /** Credentials of the last Deploy; empty before the first one. */
  readonly stored: Partial<AccountCredentials>;
  readonly environment: (name: string) => string | undefined;
}

/** The dialog's values as they are meant. */
export interface ReadValues {
  /** Texts with variables and stored secrets put in. */
  readonly values: DialogValues;
  readonly config: AccountConfig;
  readonly fromEnvironment: readonly DialogField[];
}

/**
 * Puts in what the dialog only refers to: `${NAME}` from the environment, `__PWRD__` from the last Deploy.
 * @throws FieldErrors `environment_missing`
 */
export function readValues(id: string, typed: DialogValues, { stored, environment }: ValueSources): ReadValues {
  const fromEnvironment: DialogField[] = [];
  const missing: FieldErrors['errors'][number][] = [];
  const resolve = (field: DialogField, value: unknown): unknown => {
    const known = value === STORED ? (stored[field as keyof AccountCredentials] ?? '') : value; // only credentials are shown so
    if (typeof known !== 'string') return known;
    try {
      const { text, fromEnvironment: isFound } = resolveVariable(known, environment);
      if (isFound) fromEnvironment.push(field);
      return text;
    } catch (error) {
      if (!(error instanceof OuraError)) throw error;
      missing.push({ field, error });
      return '';
    }
  };
  const entries = Object.entries(typed).map(([field, value]) => [field, resolve(field as DialogField, value)]); // no other gets in
  if (missing.length > 0) throw new FieldErrors(missing);
  const values = Object.fromEntries(entries) as DialogValues; // the same fields, texts for texts
  const { clientId = '', clientSecret = '', accessToken = '', ...properties } = values;
  return { values, config: accountConfig({ id, ...properties }, { clientId, clientSecret, accessToken }), fromEnvironment };
}
