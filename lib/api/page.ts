import type { EndpointKey } from '../catalogue/endpoints';
import type { Body } from '../ports/documents';

/** An element of an answer that the endpoint's schema refused. */
export interface RefusedItem {
  /** Field paths and expectations; never a value of the document. */
  readonly reason: string;
  readonly body: unknown;
}

/** One answered page of a collection. */
export interface Page {
  readonly endpoint: EndpointKey;
  /** Documents or rows exactly as received, in the order received; they may lie beyond the wanted days. */
  readonly items: readonly Body[];
  readonly setAside: readonly RefusedItem[];
  /** Size of the answer's text in bytes, decompressed. */
  readonly bytes: number;
  /** Number of the page within the call, from 0, over all its windows. */
  readonly index: number;
}
