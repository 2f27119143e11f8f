/** One request as the routes see it. */
export interface ServerRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A fault rule wants pages without end: the answer repeats the token it was asked with. */
  readonly repeatNextToken: boolean;
}
