import { Refusal, type HomeCommand } from '../home-server';

type Check = (value: unknown) => boolean;

export const isText: Check = (value) => typeof value === 'string';
export const isFlag: Check = (value) => typeof value === 'boolean';
export const isDict: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
export const isState: Check = (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value);
export const isAnything: Check = () => true;

export interface Keys {
  readonly required: Readonly<Record<string, Check>>;
  readonly optional: Readonly<Record<string, Check>>;
}

/** Home Assistant's schemas: unknown top-level keys, missing ones and wrong types are refused. COMPANION.md, "Discovery". */
export function checkKeys(command: HomeCommand, { required, optional }: Keys, year: number): void {
  const rest = Object.fromEntries(Object.entries(command).filter(([key]) => key !== 'id' && key !== 'type'));
  for (const key of Object.keys(required))
    if (!(key in rest)) throw new Refusal('invalid_format', `required key not provided @ data['${key}']`);
  for (const [key, value] of Object.entries(rest)) {
    const check = required[key] ?? optional[key];
    if (check === undefined) throw new Refusal('invalid_format', unknownKey(key, value, year));
    if (!check(value)) throw new Refusal('invalid_format', `invalid value @ data['${key}']`);
  }
}

function unknownKey(key: string, value: unknown, year: number): string {
  const got = `Got '${String(value)}'`;
  return year < 2026 ? `extra keys not allowed @ data['${key}']. ${got}` : `not a valid option at '${key}'. ${got}`;
}
