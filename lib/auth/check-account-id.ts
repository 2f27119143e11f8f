import { OuraError } from '../errors/oura-error';

const ID = /^\w[\w.-]{0,63}$/;

/** Whether this may be the id of an account: a plain name, as it becomes part of file names and addresses. */
export function isAccountId(text: string): boolean {
  return ID.test(text);
}

/** @throws OuraError `unexpected` for what is no id of an account */
export function checkAccountId(accountId: string): void {
  if (!isAccountId(accountId)) throw new OuraError('unexpected', { reason: 'account id' });
}
