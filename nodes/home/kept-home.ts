import type { NodeAPI } from 'node-red';
import { resolveVariable } from '../../lib/accounts/resolve-variable';
import { environmentOf } from '../support/environment-of';
import type { HomeNode } from './home-node';
import type { KeptHome } from './kept-token';

/** What the last Deploy kept of an `oura-home` node, also of one that is disabled; empty texts where there is nothing. */
export function keptHome(RED: NodeAPI, id: string): KeptHome {
  const node = RED.nodes.getNode(id) as HomeNode | null; // null: never deployed, or disabled
  const kept = RED.nodes.getCredentials(id) as HomeNode['credentials'] | undefined; // of this type by the id
  const credentials = node?.credentials ?? kept;
  let url = '';
  RED.nodes.eachNode((saved) => {
    if (saved.id === id && saved.type === 'oura-home' && 'url' in saved && typeof saved.url === 'string') url = saved.url;
  });
  const environment = environmentOf(RED, node);
  const meant = (text: string): string => resolveVariable(text, environment).text;
  return { url: meant(url), accessToken: meant(credentials?.accessToken ?? '') };
}
