/** What a route answers; at most one of `body` and `text`. */
export interface Answer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly body?: unknown;
  /** Sent as it is, as text/plain unless the headers say otherwise. */
  readonly text?: string;
}

/** An answer of the kind most errors of the API have: `{"detail": …}`. */
export function detail(status: number, text: unknown, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers, body: { detail: text } };
}
