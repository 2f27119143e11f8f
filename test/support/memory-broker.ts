import { Aedes } from 'aedes';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';

export interface Published {
  readonly topic: string;
  readonly payload: string;
  readonly retain: boolean;
}

/** What aedes keeps; its typing leaves it out. */
interface Keeping {
  readonly persistence: { createRetainedStream(filter: string): AsyncIterable<{ readonly topic: string; readonly payload: Buffer }> };
}

/** A real MQTT broker (3.1.1) in this process, which can go away and come back with what it retained. */
export class MemoryBroker {
  /** All that clients published, in order. */
  readonly published: Published[] = [];
  readonly #aedes: Aedes;
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  /** Messages that came in and are not kept yet: aedes acknowledges before it keeps. */
  #unfinished = 0;

  private constructor(aedes: Aedes) {
    this.#aedes = aedes;
    this.#server = createServer((socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
      aedes.handle(socket);
    });
    // When it comes in: when it is told as published depends on who is subscribed.
    aedes.authorizePublish = (client, { topic, payload, retain }, done) => {
      if (client !== null) {
        this.published.push({ topic, payload: payload.toString(), retain });
        this.#unfinished += 1;
      }
      done(null);
    };
    aedes.on('publish', (_packet, client) => {
      if (client !== null) this.#unfinished -= 1;
    });
  }

  static async start(): Promise<MemoryBroker> {
    const broker = new MemoryBroker(await Aedes.createBroker());
    await broker.bringBack();
    return broker;
  }

  get url(): string {
    return `mqtt://127.0.0.1:${this.#port}`;
  }

  get port(): number {
    return this.#port;
  }

  /** What it keeps, by topic. */
  async retained(): Promise<ReadonlyMap<string, string>> {
    while (this.#unfinished > 0) await new Promise((resolve) => setImmediate(resolve));
    const kept = new Map<string, string>();
    const { persistence } = this.#aedes as unknown as Keeping;
    for await (const { topic, payload } of persistence.createRetainedStream('#'))
      if (!topic.startsWith('$SYS')) kept.set(topic, payload.toString());
    return kept;
  }

  /** Publishes as somebody else would. */
  publish(topic: string, payload: string, { retain = false }: { readonly retain?: boolean } = {}): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#aedes.publish({ cmd: 'publish', dup: false, qos: 1, topic, payload: Buffer.from(payload), retain }, (cause) => {
        if (cause) reject(cause);
        else resolve();
      });
    });
  }

  async takeAway(): Promise<void> {
    const closed = new Promise((resolve) => this.#server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** On the same port as before. */
  async bringBack(): Promise<void> {
    await new Promise<void>((resolve) => {
      this.#server.listen(this.#port, '127.0.0.1', resolve);
    });
    this.#port = (this.#server.address() as AddressInfo).port; // it listens at a port
  }

  async close(): Promise<void> {
    if (this.#server.listening) await this.takeAway();
    await new Promise<void>((resolve) => {
      this.#aedes.close(resolve);
    });
  }
}
