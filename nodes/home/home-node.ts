import type { Node } from 'node-red';
import type { HomeLink } from '../../lib/home/home-link';

/** What other nodes see of an `oura-home` node. */
export interface HomeNode extends Node<{ readonly accessToken?: string }> {
  readonly home: HomeLink;
}
