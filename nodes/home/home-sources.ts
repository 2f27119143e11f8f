import type { NodeAPI } from 'node-red';
import type { HomeSources, ServerNode } from '../../lib/home/home-target';

/** What a target is made of, as this Node-RED has it now. */
export function homeSources(RED: NodeAPI, accessToken: string): HomeSources {
  return {
    accessToken,
    server: (id) => {
      const node = id === '' ? null : (RED.nodes.getNode(id) as ({ readonly type: string } & ServerNode) | null); // null: deleted, disabled
      return node?.type === 'server' ? node : null;
    },
    supervisorToken: process.env['SUPERVISOR_TOKEN'],
  };
}
