import type { NodeAPI } from 'node-red';
import type { Runtime } from '../../lib/runtime';
import { homeOf } from './home-of';
import { isInFlows } from './is-in-flows';

/** Clears, in every Home Assistant of the flows, what nodes have left that are gone from them. Call it when the flows have started. */
export function sweepHomes(RED: NodeAPI, runtime: Runtime): void {
  const ids: string[] = [];
  RED.nodes.eachNode(({ id, type }) => {
    if (type === 'oura-home') ids.push(id);
  });
  const homes = ids.flatMap((id) => homeOf(RED, id) ?? []);
  void runtime.publishing.sweep(homes, (owner) => !isInFlows(RED, owner)); // reports its own failure
}
