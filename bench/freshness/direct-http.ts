import { OuraError } from '../../lib/errors/oura-error';
import type { Clock } from '../../lib/ports/clock';
import type { Http, HttpRequest, HttpResponse } from '../../lib/ports/http';
import type { SimulatorServer } from '../../lib/simulator/server/simulator-server';

/** How long one exchange takes. */
export const LATENCY_MS = 250;

/** A request as it was sent. */
export interface SentRequest {
  readonly at: number;
  /** Last part of the collection's path, as the API spells it. */
  readonly path: string;
  /** null = no answer */
  status: number | null;
  /** Of what kind of fetch it was part; null as long as that is not known. */
  kind: string | null;
}

/** Hands requests to the stand-in without a network in between. */
export class DirectHttp implements Http {
  readonly sent: SentRequest[] = [];
  readonly #server: SimulatorServer;
  readonly #clock: Clock;

  constructor(server: SimulatorServer, clock: Clock) {
    this.#server = server;
    this.#clock = clock;
  }

  async send({ method, url, query, headers, body, timeoutMs }: HttpRequest, signal: AbortSignal): Promise<HttpResponse> {
    const { pathname } = new URL(url);
    const path = decodeURIComponent(pathname);
    const sent: SentRequest = { at: this.#clock.now(), path: path.split('/')[3] ?? '', status: null, kind: null };
    this.sent.push(sent);
    await this.#clock.delay(LATENCY_MS / 2, signal);
    const parts = { method, path, query: new URLSearchParams(query), headers: headers ?? {}, body: body ?? '', repeatNextToken: false };
    const outcome = await this.#server.answer(parts, signal);
    if (outcome.kind === 'silence') {
      await this.#clock.delay(timeoutMs, signal);
      throw new OuraError('timed_out', { path, seconds: timeoutMs / 1000 });
    }
    await this.#clock.delay(LATENCY_MS / 2, signal);
    if (outcome.kind !== 'answer') throw new OuraError('unreachable', { path, reason: 'ECONNRESET' });
    const { answer } = outcome;
    sent.status = answer.status;
    const text = answer.body === undefined ? (answer.text ?? '') : JSON.stringify(answer.body);
    return { status: answer.status, headers: { 'content-type': 'application/json', ...answer.headers }, text };
  }

  close(): void {
    // there is nothing open
  }
}
