import { createServer } from 'node:net';

/** Below those that the system gives to outgoing connections: nobody takes it while its server is starting again. */
const [FIRST, COUNT] = [20_000, 10_000];

/** A port of 127.0.0.1 for a server that is to be found there again after a restart. */
export async function lastingPort(): Promise<number> {
  for (;;) {
    const port = FIRST + Math.floor(Math.random() * COUNT);
    if (await isFree(port)) return port;
  }
}

function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () => {
      server.close(() => {
        resolve(true);
      });
    });
  });
}
