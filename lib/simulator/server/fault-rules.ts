/** What goes wrong with which requests. Without `status`, `body` or `html` the real answer is sent, changed as the rest says. */
export interface FaultRule {
  /** Missing parts match everything; a path ending in `*` matches what begins with the text before it. */
  readonly match?: { readonly path?: string; readonly method?: string };
  /** Matching requests let through first, default 0. */
  readonly after?: number;
  /** Requests it applies to; missing = all until the rules are cleared. */
  readonly times?: number;
  readonly status?: number;
  /** A text is sent as it is, anything else as JSON. */
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
  /** The answer comes this many milliseconds of the server's clock later. */
  readonly hangMs?: number;
  /** No answer ever comes. */
  readonly hang?: boolean;
  /** The connection ends in the middle of the announced body. */
  readonly truncate?: boolean;
  /** A web page instead of JSON, as proxies send; status 200 unless given. */
  readonly html?: boolean;
  /** The connection ends without an answer: `before` (or true) the request is worked on, or `after`, so that its effect stays. */
  readonly dropConnection?: boolean | 'before' | 'after';
  /** Pages without end: the answer repeats the `next_token` it was asked with. */
  readonly repeatNextToken?: boolean;
}

/** The fault rules in force, in the order given; the first that matches applies. */
export class FaultRules {
  #entries: { readonly rule: FaultRule; seen: number }[] = [];

  add(rule: FaultRule): void {
    this.#entries.push({ rule, seen: 0 });
  }

  clear(): void {
    this.#entries = [];
  }

  /** The rule for a request, which it uses up once; null = none. */
  take(method: string, path: string): FaultRule | null {
    for (const entry of this.#entries) {
      const { rule } = entry;
      if (!matches(rule, method, path)) continue;
      const after = rule.after ?? 0;
      if (rule.times !== undefined && entry.seen >= after + rule.times) continue;
      entry.seen += 1;
      if (entry.seen > after) return rule;
    }
    return null;
  }
}

function matches({ match }: FaultRule, method: string, path: string): boolean {
  if (match?.method !== undefined && match.method.toUpperCase() !== method) return false;
  if (match?.path === undefined) return true;
  return match.path.endsWith('*') ? path.startsWith(match.path.slice(0, -1)) : path === match.path;
}
