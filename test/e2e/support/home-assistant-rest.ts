/** What Home Assistant answered to a request. */
export interface RestAnswer {
  readonly status: number;
  /** JSON, or text where it is none. */
  readonly body: unknown;
}

/** Home Assistant's REST interface. */
export class HomeAssistantRest {
  readonly url: string;
  #token: string | null = null;

  constructor(url: string) {
    this.url = url;
  }

  /** From now on every request says who asks. */
  use(token: string): void {
    this.#token = token;
  }

  /** Any answer, whatever its status. @param body sent as JSON, or as a form @throws TypeError when nobody answers */
  async ask(method: string, route: string, body?: object): Promise<RestAnswer> {
    const isForm = body instanceof URLSearchParams;
    const answer = await fetch(this.url + route, {
      method,
      headers: {
        ...(this.#token !== null && { authorization: `Bearer ${this.#token}` }),
        ...(body !== undefined && !isForm && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: isForm ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    return { status: answer.status, body: isJson(answer) ? JSON.parse(text) : text };
  }

  /** @throws Error when the status is not below 300 */
  async call<T>(method: string, route: string, body?: object): Promise<T> {
    const answer = await this.ask(method, route, body);
    if (answer.status >= 300) throw new Error(`${method} ${route}: ${answer.status} ${JSON.stringify(answer.body).slice(0, 300)}`);
    return answer.body as T; // the caller names Home Assistant's documented shape
  }
}

function isJson(answer: Response): boolean {
  return answer.headers.get('content-type')?.startsWith('application/json') ?? false;
}
