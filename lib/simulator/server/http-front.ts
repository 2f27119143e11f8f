import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Answer } from './answer';
import type { ServerRequest } from './request';

/** Idle connections stay this long, so that a client that polls each minute rarely meets one that is just being closed. */
const KEEP_ALIVE_MS = 75_000;
/** Largest request body that is read, bytes. */
const BODY_MAX_BYTES = 8 * 1024 * 1024;

/** What happens to the connection: an answer, an answer cut in the middle, nothing for ever, or its end. */
export type Outcome =
  { readonly kind: 'answer' | 'truncated'; readonly answer: Answer } | { readonly kind: 'silence' } | { readonly kind: 'drop' };

/** @param signal aborted when the client leaves or the server closes */
export type Handler = (request: ServerRequest, signal: AbortSignal) => Promise<Outcome>;

/** An HTTP server on the loopback address in front of a handler. */
export class HttpFront {
  readonly #server: Server;
  readonly #closing = new AbortController();

  private constructor(handle: Handler) {
    this.#server = createServer({ keepAliveTimeout: KEEP_ALIVE_MS }, (incoming, response) => {
      void this.#serve(incoming, response, handle);
    });
  }

  /** @param port 0 = any free one  @throws the system's error when the port is taken */
  static async listen(port: number, handle: Handler): Promise<HttpFront> {
    const front = new HttpFront(handle);
    await new Promise<void>((resolve, reject) => {
      front.#server.once('error', reject);
      front.#server.listen(port, '127.0.0.1', () => {
        front.#server.off('error', reject);
        resolve();
      });
    });
    return front;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo; // a listening TCP server's address is always this
    return `http://127.0.0.1:${port}`;
  }

  /** Ends all connections, also those without an answer. */
  close(): Promise<void> {
    this.#closing.abort();
    return new Promise((resolve) => {
      this.#server.close(() => {
        resolve();
      });
      this.#server.closeAllConnections();
    });
  }

  async #serve(incoming: IncomingMessage, response: ServerResponse, handle: Handler): Promise<void> {
    const left = new AbortController();
    response.once('close', () => {
      left.abort();
    });
    try {
      const request = readHead(incoming, await readBody(incoming));
      const outcome =
        request === null
          ? ({ kind: 'answer', answer: { status: 400, text: 'Bad Request' } } as const)
          : await handle(request, AbortSignal.any([left.signal, this.#closing.signal]));
      write(response, outcome);
    } catch {
      response.destroy(); // the client left, or the body was too long
    }
  }
}

async function readBody(incoming: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of incoming as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > BODY_MAX_BYTES) throw new RangeError('request body too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

/** @returns null for an address that cannot be read */
function readHead(incoming: IncomingMessage, body: string): ServerRequest | null {
  try {
    const { pathname, searchParams } = new URL(incoming.url ?? '/', 'http://127.0.0.1');
    const headers = Object.entries(incoming.headers).map(([name, value]): [string, string] => [name, String(value)]);
    const method = incoming.method ?? 'GET';
    return {
      method,
      path: decodeURIComponent(pathname),
      query: searchParams,
      headers: Object.fromEntries(headers),
      body,
      repeatNextToken: false,
    };
  } catch {
    return null;
  }
}

function write(response: ServerResponse, outcome: Outcome): void {
  if (outcome.kind === 'silence') return;
  if (outcome.kind === 'drop') {
    response.destroy();
    return;
  }
  const { status, headers = {}, body, text } = outcome.answer;
  const type = body === undefined ? 'text/plain; charset=utf-8' : 'application/json';
  const bytes = Buffer.from(body === undefined ? (text ?? '') : JSON.stringify(body));
  const described = status === 204 ? {} : { 'content-type': type, 'content-length': bytes.length };
  response.writeHead(status, { ...described, ...headers });
  if (outcome.kind === 'answer') response.end(bytes);
  else response.write(bytes.subarray(0, bytes.length >> 1), () => response.destroy());
}
