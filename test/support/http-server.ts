import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

/** A request as it arrived. */
export interface ReceivedRequest {
  readonly method: string;
  /** Path as sent, percent signs included, without the query. */
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** The query as sent. */
  readonly search: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the server does with a request: an answer, silence, a closed connection, or an answer that stops in the middle. */
export type Reply =
  | { readonly status?: number; readonly headers?: Readonly<Record<string, string>>; readonly body?: string | Buffer }
  | 'hang'
  | 'reset'
  | { readonly headers?: Readonly<Record<string, string>>; readonly start: string | Buffer; readonly then: 'hang' | 'reset' };

/** @param index number of the request, from 0 */
export type Handler = (request: ReceivedRequest, index: number) => Reply | Promise<Reply>;

export interface TestServer {
  /** Address without trailing slash. */
  readonly url: string;
  readonly requests: readonly ReceivedRequest[];
  /** Resolves when `count` requests have arrived. */
  untilReceived(count: number): Promise<void>;
  /** Resolves when `count` clients have gone away before they were answered. */
  untilAborted(count: number): Promise<void>;
  /** Connections opened so far. */
  connections(): number;
  /** Closes the server and every connection. */
  close(): Promise<void>;
}

/** A JSON answer. */
export function json(value: unknown, status = 200, headers: Readonly<Record<string, string>> = {}): Reply {
  return { status, headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(value) };
}

/**
 * A real HTTP server on a free port of 127.0.0.1 whose answers are scripted.
 * @param tls key and certificate, then it speaks HTTPS
 */
export async function startServer(handler: Handler, tls?: { readonly key: string; readonly cert: string }): Promise<TestServer> {
  const requests: ReceivedRequest[] = [];
  const arrivals = new Counter();
  const aborts = new Counter();
  const listener = (request: IncomingMessage, response: ServerResponse): void => {
    response.on('close', () => {
      if (!response.writableFinished) aborts.add();
    });
    void receive(request).then(async (received) => {
      const index = requests.push(received) - 1;
      arrivals.add();
      perform(await handler(received, index), response);
    });
  };
  const server: Server = tls === undefined ? createServer(listener) : createTlsServer(tls, listener);
  let connections = 0;
  server.on('connection', () => {
    connections += 1;
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `${tls === undefined ? 'http' : 'https'}://127.0.0.1:${port}`,
    requests,
    untilReceived: (count) => arrivals.until(count),
    untilAborted: (count) => aborts.until(count),
    connections: () => connections,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}

async function receive(request: IncomingMessage): Promise<ReceivedRequest> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer); // no encoding is set, so chunks are buffers
  const [path = '', search = ''] = (request.url ?? '').split('?');
  const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
  const query = Object.fromEntries(new URLSearchParams(search));
  return { method: request.method ?? '', path, query, search, headers, body: Buffer.concat(chunks).toString() };
}

function perform(reply: Reply, response: ServerResponse): void {
  if (reply === 'hang') return;
  if (reply === 'reset') {
    response.destroy();
    return;
  }
  if ('start' in reply) {
    response.writeHead(200, reply.headers);
    response.write(reply.start, () => {
      if (reply.then === 'reset') response.destroy();
    });
    return;
  }
  response.writeHead(reply.status ?? 200, reply.headers);
  response.end(reply.body);
}

class Counter {
  #count = 0;
  #listeners: (() => void)[] = [];

  add(): void {
    this.#count += 1;
    for (const tell of this.#listeners.splice(0)) tell();
  }

  async until(count: number): Promise<void> {
    while (this.#count < count) await new Promise<void>((resolve) => this.#listeners.push(resolve));
  }
}
