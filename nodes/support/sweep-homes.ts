import type { NodeAPI } from 'node-red';
import type { Runtime } from '../../lib/runtime';
import { homesOf } from './homes-of';
import { isInFlows } from './is-in-flows';

/** Clears, in every Home Assistant of the flows, what nodes have left that are gone from them. Call it when the flows have started. */
export function sweepHomes(RED: NodeAPI, runtime: Runtime): void {
  void runtime.publishing.sweep(homesOf(RED), (owner) => !isInFlows(RED, owner)); // reports its own failure
}
