/** What a request is for: `fresh` data, or `history` that can wait and may not use the last part of a day's budget. */
export type Purpose = 'fresh' | 'history';

/** How to ask. */
export interface AskOptions {
  /** Default `fresh`. */
  readonly purpose?: Purpose;
  /** Fields wanted beside those that always come; sent only to endpoints that honour it. Unknown names are ignored by the API. */
  readonly fields?: readonly string[];
}
