/** One request as it was received. `query` is without secrets. */
export interface LoggedRequest {
  /** epoch ms of the server's clock */
  readonly at: number;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** null until answered, and for ever where no answer was sent */
  status: number | null;
}

export interface RequestStats {
  readonly total: number;
  /** by path, the id of a document written as `{id}` */
  readonly byPath: Readonly<Record<string, number>>;
  readonly byStatus: Readonly<Record<string, number>>;
  /** most requests that were being answered at once */
  readonly mostAtOnce: number;
}

const KEPT = 20_000;
const SECRET = new Set(['access_token', 'client_secret', 'code', 'code_verifier', 'refresh_token', 'token', 'verification_token']);
const WITH_ID = /^(\/v2\/(?:sandbox\/)?usercollection\/[^/]+|\/v2\/webhook\/subscription(?:\/renew)?)\/(?!renew$)[^/]+$/;

/** The requests received, the newest 20,000 one by one, all of them in numbers. */
export class RequestLog {
  #entries: LoggedRequest[] = [];
  #byPath = new Map<string, number>();
  #byStatus = new Map<string, number>();
  #underWay = 0;
  #mostAtOnce = 0;

  get entries(): readonly LoggedRequest[] {
    return this.#entries;
  }

  begin(at: number, method: string, path: string, query: URLSearchParams): LoggedRequest {
    const shown = [...query].map(([name, value]): [string, string] => [name, SECRET.has(name) ? '***' : value]);
    const entry: LoggedRequest = { at, method, path, query: Object.fromEntries(shown), status: null };
    this.#entries.push(entry);
    if (this.#entries.length > KEPT) this.#entries.shift();
    count(this.#byPath, path.replace(WITH_ID, '$1/{id}'));
    this.#underWay += 1;
    this.#mostAtOnce = Math.max(this.#mostAtOnce, this.#underWay);
    return entry;
  }

  end(entry: LoggedRequest, status: number | null): void {
    entry.status = status;
    this.#underWay -= 1;
    count(this.#byStatus, String(status));
  }

  stats(): RequestStats {
    const total = [...this.#byPath.values()].reduce((sum, one) => sum + one, 0);
    return { total, byPath: Object.fromEntries(this.#byPath), byStatus: Object.fromEntries(this.#byStatus), mostAtOnce: this.#mostAtOnce };
  }

  clear(): void {
    this.#entries = [];
    this.#byPath = new Map();
    this.#byStatus = new Map();
    this.#mostAtOnce = this.#underWay;
  }
}

function count(counts: Map<string, number>, key: string): void {
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
