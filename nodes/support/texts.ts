import type { NodeAPI } from 'node-red';
import type { OuraError } from '../../lib/errors/oura-error';

/** Texts that several nodes share live in the account node's catalogue. */
const SHARED = '@oura-flows/node-red-oura/oura-account:';

/** A shared text in the editor's language. */
export function sharedText(RED: NodeAPI, key: string, params: Readonly<Record<string, string | number>> = {}): string {
  return RED._(`${SHARED}${key}`, { ...params });
}

/** What an error is, short enough for a node's status. */
export function textOfError(RED: NodeAPI, error: OuraError): string {
  return sharedText(RED, error.messageKey, error.params);
}

/** What a person can do about an error. */
export function remedyOfError(RED: NodeAPI, error: OuraError): string {
  return sharedText(RED, `remedy.${error.code}`, error.params);
}
