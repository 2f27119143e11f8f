import type { ErrorCodeName } from '../errors/error-codes';

/** What keeps an account from being used at all until a person decides. */
export const REFUSED_CODES: readonly ErrorCodeName[] = ['person_changed', 'address_invalid', 'data_erased'];
