/** What a strategy did in a scene. */
export interface Run {
  /** When each of the scene's changes was there, epoch ms, by its index; null = never. */
  readonly seenAt: readonly (number | null)[];
  readonly requests: readonly CountedRequest[];
  /** When it noticed that events had fallen silent; empty where it cannot. */
  readonly noticedAt: readonly number[];
  /** Documents stored that the cloud never showed, and refusals of a rate limit: both are to be 0. */
  readonly unknown: number;
  readonly limited: number;
}

export interface CountedRequest {
  readonly at: number;
  /** As the API spells it. */
  readonly path: string;
  readonly kind: string;
}
