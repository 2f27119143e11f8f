import type { NodeAPI } from 'node-red';
import type { RuntimePorts } from '../../lib/runtime-ports';
import { callbackPathOf } from './callback-path-of';
import { publicRootOf } from './public-root-of';

/** What the runtime wants to know of this Node-RED. */
export function hostOf(RED: NodeAPI, version: string): RuntimePorts['host'] {
  const nodeRed: unknown = RED.version(); // a text, though the typing says a promise
  return {
    version,
    nodeRed: typeof nodeRed === 'string' ? nodeRed : null,
    accountIds: () => {
      const ids = new Set<string>();
      RED.nodes.eachNode(({ id, type }) => {
        if (type === 'oura-account') ids.add(id);
      });
      return ids;
    },
    callbackPath: () => callbackPathOf(RED),
    publicRoot: () => publicRootOf(RED),
  };
}
