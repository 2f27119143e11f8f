import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import axios, { type AxiosInstance, type AxiosResponse } from 'axios';
import { delay } from '../async/delay';
import { LIMITS } from '../catalogue/limits';
import { OuraError } from '../errors/oura-error';
import type { Http, HttpRequest, HttpResponse } from '../ports/http';
import { errorOfNetwork } from '../errors/error-of-network';

/** Settings of the HTTP client. */
export interface AxiosHttpOptions {
  /** `User-Agent` of every request: name and version of the package. */
  readonly userAgent: string;
  /** Largest answer that is read, bytes after decompression. Default LIMITS.answerMaxBytes. */
  readonly answerMaxBytes?: number;
}

/**
 * The port Http by axios: connections are kept, answers may be compressed, redirects are not followed, the proxy variables of the
 * environment hold. The time-out is of the whole exchange, as axios watches only for silence; being an adapter, it takes real time.
 */
export class AxiosHttp implements Http {
  readonly #agents = { httpAgent: new HttpAgent({ keepAlive: true }), httpsAgent: new HttpsAgent({ keepAlive: true }) };
  readonly #axios: AxiosInstance;
  readonly #userAgent: string;

  constructor(options: AxiosHttpOptions) {
    this.#userAgent = options.userAgent;
    this.#axios = axios.create({
      ...this.#agents,
      responseType: 'text',
      transformRequest: [(data: unknown) => data],
      transformResponse: [(data: unknown) => data],
      validateStatus: () => true,
      maxRedirects: 0,
      maxContentLength: options.answerMaxBytes ?? LIMITS.answerMaxBytes,
    });
  }

  /** @throws OuraError besides the port's: `body_unexpected` for an answer that is too large, `address_invalid` */
  async send(request: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    signal.throwIfAborted();
    const url = URL.parse(request.url);
    if (url === null) throw new OuraError('address_invalid');
    const ending = new AbortController();
    const onAbort = (): void => {
      ending.abort();
    };
    const over = new AbortController();
    delay(request.timeoutMs, over.signal).then(onAbort, () => undefined);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      return answerOf(await this.#exchange(request, ending.signal));
    } catch (failure) {
      signal.throwIfAborted();
      if (ending.signal.aborted) throw new OuraError('timed_out', { seconds: request.timeoutMs / 1000, path: url.pathname });
      if (isTooLarge(failure)) throw new OuraError('body_unexpected', { path: url.pathname });
      throw errorOfNetwork(failure, url.host);
    } finally {
      over.abort();
      signal.removeEventListener('abort', onAbort);
    }
  }

  close(): void {
    this.#agents.httpAgent.destroy();
    this.#agents.httpsAgent.destroy();
  }

  #exchange({ method, url, query, headers, body }: HttpRequest, signal: AbortSignal): Promise<AxiosResponse<string>> {
    const search = new URLSearchParams(query).toString(); // axios would leave `:` and `+` as they are
    return this.#axios.request<string>({
      method,
      url: search === '' ? url : `${url}?${search}`,
      headers: { 'user-agent': this.#userAgent, ...headers },
      ...(body !== undefined && { data: body }),
      signal,
    });
  }
}

function answerOf({ status, headers, data }: AxiosResponse<string>): HttpResponse {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)] as const);
  return { status, headers: Object.fromEntries(entries), text: data };
}

/** axios has no code of its own for it. */
function isTooLarge(failure: unknown): boolean {
  return failure instanceof Error && failure.message.startsWith('maxContentLength');
}
