import type { NodeAPI } from 'node-red';
import { OuraError } from '../../lib/errors/oura-error';
import type { Lease } from '../../lib/runtime';
import type { AccountNode } from '../account/account';

/** The lease of the account a node points to; null when the account was removed or is disabled. */
export function leaseOf(RED: NodeAPI, accountId: string | undefined): Lease | null {
  const node = accountId === undefined || accountId === '' ? null : (RED.nodes.getNode(accountId) as AccountNode | null); // null: deleted or disabled
  return node?.lease ?? null;
}

/** @throws OuraError account_missing */
export function requireLease(lease: Lease | null): Lease {
  if (lease === null) throw new OuraError('account_missing');
  return lease;
}
