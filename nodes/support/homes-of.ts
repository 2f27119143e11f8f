import type { NodeAPI } from 'node-red';
import type { HomeLink } from '../../lib/home/home-link';
import { homeOf } from './home-of';

/** Every Home Assistant of the flows; not those whose node is disabled. */
export function homesOf(RED: NodeAPI): readonly HomeLink[] {
  const ids: string[] = [];
  RED.nodes.eachNode(({ id, type }) => {
    if (type === 'oura-home') ids.push(id);
  });
  return ids.flatMap((id) => homeOf(RED, id) ?? []);
}
