import type { NodeAPI } from 'node-red';

/**
 * Whether a node is in the flows, disabled or not. A node of a subflow has an id of its own for each use: those of the use and of the node,
 * joined.
 */
export function isInFlows(RED: NodeAPI, id: string): boolean {
  const ids = new Set<string>();
  RED.nodes.eachNode((node) => ids.add(node.id));
  return ids.has(id) || id.split('-').every((part) => ids.has(part));
}
