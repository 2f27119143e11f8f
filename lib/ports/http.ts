export interface HttpRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** Absolute address without a query. */
  readonly url: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly timeoutMs: number;
}

export interface HttpResponse {
  readonly status: number;
  /** Header names are lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** One HTTP exchange. Any status is an answer, not an error. */
export interface Http {
  /** @throws OuraError `unreachable`, `tls_failed`, `timed_out`, or the signal's reason when aborted */
  send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse>;
  /** Closes idle connections. */
  close(): void;
}
