import type { NodeAPI } from 'node-red';
import type { ValueSources } from '../../lib/accounts/read-values';
import type { AccountNode } from '../account/account';
import { environmentOf } from './environment-of';

/** Where the dialog's values of an account come from: what was deployed, and the environment as Node-RED sees it. */
export function valueSources(RED: NodeAPI, accountId: string): ValueSources {
  const node = RED.nodes.getNode(accountId) as AccountNode | null; // null: never deployed, or disabled
  const kept = RED.nodes.getCredentials(accountId) as ValueSources['stored'] | undefined; // of this type by the id
  return { stored: node?.credentials ?? kept ?? {}, environment: environmentOf(RED, node) };
}
