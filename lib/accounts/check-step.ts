import { Info } from 'luxon';
import { isEndpointKey } from '../catalogue/endpoints';
import { LIMITS } from '../catalogue/limits';
import { SCOPES } from '../catalogue/scopes';
import { OuraError } from '../errors/oura-error';
import { ACCOUNT_MODES } from '../sync/account-config';
import { callbackAddress } from '../sync/webhooks/callback-address';
import { FieldErrors } from './field-errors';
import type { DialogField, DialogValues, WizardStep } from './wire';

type Value = DialogValues[DialogField];
type Check = (value: Value) => boolean;

const textOf = (value: Value): string => (typeof value === 'object' ? '{}' : String(value ?? '').trim());
const isEmpty = (value: Value): boolean => textOf(value) === '';
const optional =
  (check: Check): Check =>
  (value) =>
    isEmpty(value) || check(value);
const oneOf =
  (options: readonly string[]): Check =>
  (value) =>
    options.includes(textOf(value));
const wholeFrom =
  (least: number): Check =>
  (value) =>
    Number.isInteger(Number(value)) && Number(value) >= least;
const isAddress: Check = (value) => /^https?:$/.test(URL.parse(textOf(value))?.protocol ?? '');
const isToken: Check = (value) => /^[\x21-\x7e]+$/.test(textOf(value));
const isScopes: Check = (value) =>
  textOf(value)
    .split(/[\s,]+/)
    .every((name) => name === '' || Object.hasOwn(SCOPES, name));
const isZone: Check = (value) => Info.normalizeZone(textOf(value)).isValid;
const areFamilies: Check = (value) =>
  Object.entries(value ?? {}).every(
    ([key, uses]) => isEndpointKey(key) && Array.isArray(uses) && uses.every((use) => ['store', 'publish', 'ai'].includes(String(use))),
  );
const areRetentions: Check = (value) =>
  Object.entries(value ?? {}).every(([key, days]) => isEndpointKey(key) && optional(wholeFrom(1))(String(days)));
const always: Check = () => true;

interface Rule {
  readonly required?: true;
  readonly valid: Check;
}

const WHO = { mode: { required: true, valid: oneOf(ACCOUNT_MODES) }, name: { valid: always } } as const;
const ADDRESSES = { apiBase: { valid: isAddress }, authorizeUrl: { valid: isAddress }, tokenUrl: { valid: isAddress } } as const;
const APPLICATION = {
  clientId: { required: true, valid: isToken },
  clientSecret: { required: true, valid: isToken },
  redirectUri: { required: true, valid: isAddress },
  scopes: { valid: isScopes },
  ...ADDRESSES,
} as const;
const KEEP = {
  families: { valid: areFamilies },
  retentionDays: { valid: areRetentions },
  historyDays: { valid: wholeFrom(1) },
  storage: { valid: oneOf(['disk', 'memory']) },
  interval: { valid: (value: Value) => Number(value) >= LIMITS.intervalMinMinutes },
  dailyBudget: { valid: wholeFrom(1) },
  timezone: { valid: isZone },
  onRemove: { valid: oneOf(['keep', 'delete']) },
  webhookUrl: { valid: (value: Value) => callbackAddress({ typed: textOf(value), root: '', key: '' }) !== null },
} as const;

/** What each step of the wizard insists on. */
const RULES: Readonly<Record<WizardStep, Readonly<Partial<Record<DialogField, Rule>>>>> = {
  who: WHO,
  application: APPLICATION,
  authorise: APPLICATION,
  token: { accessToken: { required: true, valid: isToken }, apiBase: { valid: isAddress } },
  test: {},
  keep: KEEP,
  done: { ...WHO, ...KEEP },
};

/** Judges the fields of one step by themselves. @throws FieldErrors `field_missing`, `field_invalid`, `token_malformed` */
export function checkStep(step: WizardStep, values: DialogValues): void {
  const rules = Object.entries(RULES[step]) as (readonly [DialogField, Rule])[]; // the table's own type
  const errors = rules.flatMap(([field, { required, valid }]) => {
    const value = values[field];
    if (isEmpty(value)) return required === true ? [{ field, error: new OuraError('field_missing', { field }) }] : [];
    if (valid(value)) return [];
    return [{ field, error: field === 'accessToken' ? new OuraError('token_malformed') : new OuraError('field_invalid', { field }) }];
  });
  if (errors.length > 0) throw new FieldErrors(errors);
}
