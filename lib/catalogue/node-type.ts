import type { EndpointKey } from './endpoints';

/** Node-RED type of an endpoint's source node. */
export function nodeTypeOf(endpoint: EndpointKey): string {
  return `oura-${endpoint.replaceAll('_', '-')}`;
}
