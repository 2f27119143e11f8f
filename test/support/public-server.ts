import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import type { Runtime } from '../../lib/runtime';
import { registerWebhook } from '../../nodes/account/webhook-route';

export interface PublicServer {
  /** Origin. */
  readonly url: string;
  close(): Promise<void>;
}

/** A real HTTP server that serves the public route of webhooks and nothing else. */
export async function startPublicServer(runtime: Runtime): Promise<PublicServer> {
  const httpNode = express();
  registerWebhook({ httpNode }, runtime);
  const server = createServer(httpNode);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo; // a TCP server's address is never a string
  return {
    url: `http://127.0.0.1:${port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
        server.closeAllConnections();
      }),
  };
}
