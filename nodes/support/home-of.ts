import type { NodeAPI } from 'node-red';
import { OuraError } from '../../lib/errors/oura-error';
import type { HomeLink } from '../../lib/home/home-link';
import type { HomeNode } from '../home/home-node';

/** The Home Assistant a node points to; null when its node was removed or is disabled. */
export function homeOf(RED: NodeAPI, homeId: string | undefined): HomeLink | null {
  const node = homeId === undefined || homeId === '' ? null : (RED.nodes.getNode(homeId) as HomeNode | null); // null: deleted or disabled
  return node?.home ?? null;
}

/** @throws OuraError home_missing */
export function requireHome(home: HomeLink | null): HomeLink {
  if (home === null) throw new OuraError('home_missing');
  return home;
}
