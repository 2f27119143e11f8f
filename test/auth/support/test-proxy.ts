import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';

const VARIABLES = ['http_proxy', 'https_proxy', 'all_proxy', 'no_proxy'].flatMap((name) => [name, name.toUpperCase()]);

/** A proxy on the loopback that forwards http, tunnels https, and knows every host as one machine. Its name is in the environment. */
export class TestProxy {
  /** What it was asked for: method and address. */
  readonly asked: string[] = [];
  readonly #server: Server;
  readonly #before = VARIABLES.map((name) => [name, process.env[name]] as const);

  private constructor(target: URL) {
    const { hostname: host, port } = target;
    this.#server = createServer((incoming, outgoing) => {
      this.asked.push(`${incoming.method ?? ''} ${incoming.url ?? ''}`);
      const { pathname: path } = new URL(incoming.url ?? '');
      const { method, headers } = incoming;
      incoming.pipe(
        request({ host, port, path, method, headers }, (answer) => {
          answer.pipe(outgoing.writeHead(answer.statusCode ?? 0, answer.headers));
        }),
      );
    });
    this.#server.on('connect', (incoming, socket, head) => {
      this.asked.push(`CONNECT ${incoming.url ?? ''}`);
      const onwards = connect(Number(port), host, () => {
        socket.write('HTTP/1.1 200 OK\r\n\r\n');
        onwards.write(head);
        onwards.pipe(socket).pipe(onwards);
      });
      for (const end of [onwards, socket]) end.on('error', () => undefined); // the other end tells
    });
  }

  /** @param noProxy hosts not to go through it */
  static async start(target: string, noProxy = ''): Promise<TestProxy> {
    const proxy = new TestProxy(new URL(target));
    proxy.#server.listen(0, '127.0.0.1');
    await once(proxy.#server, 'listening');
    const { port } = proxy.#server.address() as AddressInfo; // it listens to a port
    for (const name of VARIABLES) Reflect.deleteProperty(process.env, name);
    const address = `http://127.0.0.1:${port}`;
    Object.assign(process.env, { HTTP_PROXY: address, HTTPS_PROXY: address, NO_PROXY: noProxy });
    return proxy;
  }

  async close(): Promise<void> {
    for (const [name, value] of this.#before) {
      Reflect.deleteProperty(process.env, name);
      if (value !== undefined) process.env[name] = value;
    }
    this.#server.close();
    this.#server.closeAllConnections();
    await once(this.#server, 'close');
  }
}
