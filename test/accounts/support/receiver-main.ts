import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { AxiosHttp } from '../../../lib/api/axios-http';
import { systemClock } from '../../../lib/async/system-clock';
import { systemRandom } from '../../../lib/async/system-random';
import { Runtime } from '../../../lib/runtime';
import { accountConfig, type AccountCredentials } from '../../../lib/sync/account-config';
import { registerWebhook } from '../../../nodes/account/webhook-route';
import { runtimeParts } from '../../support/runtime-parts';

/** What the program is started with. */
export interface ReceiverOrder {
  readonly folder: string;
  readonly account: Readonly<Record<string, unknown>>;
  readonly credentials: AccountCredentials;
}

/** What it says: where it listens, as soon as Oura's subscriptions are there, and how much memory it uses whenever it is asked. */
export type ReceiverSays = { readonly ready: string } | { readonly heap: number } | { readonly log: string };

const say = (what: ReceiverSays): void => {
  process.send?.(what);
};

/** A program of its own with one account, the public route and, for comparison, one that does nothing. */
async function main({ folder, account, credentials }: ReceiverOrder): Promise<void> {
  const log = (message: string): void => {
    say({ log: message });
  };
  const logger = { error: log, warn: log, info: log, debug: () => undefined };
  const ports = { folder, clock: systemClock, random: systemRandom, logger, http: new AxiosHttp({ userAgent: 'test/1' }) };
  const runtime = new Runtime({ ...ports, ...runtimeParts(folder, ports, () => new Set(['account-1'])) });
  const app = express();
  app.post('/trivial', (_request, response) => {
    response.json({});
  });
  registerWebhook({ httpNode: app }, runtime); // all it uses of it
  const server = createServer(app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`; // a TCP server's address is never a string
  const end = runtime.webhooks.changed.add(() => {
    if (runtime.webhooks.statusOf('account-1').state !== 'active') return;
    end();
    say({ ready: origin });
  });
  runtime.acquire(accountConfig({ id: 'account-1', webhookUrl: origin, ...account }, credentials), Promise.resolve());
  process.on('message', () => {
    globalThis.gc?.();
    say({ heap: process.memoryUsage().heapUsed });
  });
}

void main(JSON.parse(process.argv[2] ?? '') as ReceiverOrder); // from the test that starts it
