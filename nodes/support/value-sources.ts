import type { NodeAPI } from 'node-red';
import type { ValueSources } from '../../lib/accounts/read-values';
import type { AccountNode } from '../account/account';

/** Where the dialog's values of an account come from: what was deployed, and the environment as Node-RED sees it. */
export function valueSources(RED: NodeAPI, accountId: string): ValueSources {
  const node = RED.nodes.getNode(accountId) as AccountNode | null; // null: never deployed, or disabled
  const kept = RED.nodes.getCredentials(accountId) as ValueSources['stored'] | undefined; // of this type by the id
  return {
    stored: node?.credentials ?? kept ?? {},
    environment: (name) => {
      const value: unknown =
        node === null ? (globalVariable(RED, name) ?? process.env[name]) : RED.util.evaluateNodeProperty(name, 'env', node, {});
      return typeof value === 'string' ? value : undefined;
    },
  };
}

/** A text among Node-RED's own global variables, which go before those of the process. */
function globalVariable(RED: NodeAPI, name: string): string | undefined {
  let found: string | undefined;
  RED.nodes.eachNode((node) => {
    const { type, env } = node as { readonly type: string; readonly env?: unknown }; // only such nodes have it
    if (type !== 'global-config' || !Array.isArray(env)) return;
    const variable = (env as readonly Readonly<Record<string, unknown>>[]).find((one) => one['name'] === name && one['type'] === 'str');
    if (typeof variable?.['value'] === 'string') found = variable['value'];
  });
  return found;
}
