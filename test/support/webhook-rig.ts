import { createHmac } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { type Express, type Router } from 'express';
import type { NodeAPI } from 'node-red';
import { ENDPOINT_KEYS, endpointOf, type EndpointKey } from '../../lib/catalogue/endpoints';
import type { Lease } from '../../lib/runtime';
import type { AccountCredentials } from '../../lib/sync/account-config';
import { applicationKeyOf } from '../../lib/sync/webhooks/application-key';
import { WEBHOOK_PATH } from '../../lib/sync/webhooks/callback-address';
import { registerWebhook } from '../../nodes/account/webhook-route';
import { AccountRig } from './account-rig';
import type { TestCloud } from '../simulator/server/support/test-cloud';

export const APPLICATION = { clientId: 'legacy-app', clientSecret: 'legacy-secret' };
export const KEY = applicationKeyOf(APPLICATION.clientId);

/** A post as Oura sends it. */
export interface Post {
  readonly body: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Signs as Oura does. @param at epoch ms */
export function signed(body: string, at: number, secret = APPLICATION.clientSecret): Post {
  const timestamp = String(Math.floor(at / 1000));
  const signature = createHmac('sha256', secret).update(timestamp).update(body).digest('hex').toUpperCase();
  return { body, headers: { 'content-type': 'application/json', 'x-oura-signature': signature, 'x-oura-timestamp': timestamp } };
}

/** What Oura says of one document. */
export function told(userId: string, more: object = {}): string {
  const usual = { event_type: 'create', data_type: 'daily_sleep', object_id: 'd-1', event_time: '2026-03-15T08:00:00+00:00' };
  return JSON.stringify({ ...usual, user_id: userId, ...more });
}

/** A real HTTP server that serves nothing but the public route. */
export class WebhookRig {
  rig: AccountRig;
  readonly cloud: TestCloud;
  readonly #server: Server;
  #routes: Router;

  private constructor(rig: AccountRig, cloud: TestCloud, server: Server) {
    this.rig = rig;
    this.cloud = cloud;
    this.#server = server;
    this.#routes = routesOf(rig);
  }

  /** @param prepare adds middleware in front of the route */
  static async start(cloud: TestCloud, prepare: (app: Express) => void = () => undefined): Promise<WebhookRig> {
    const rig = new AccountRig(cloud.server);
    const app = express();
    prepare(app);
    app.use((request, response, next) => {
      hooks.#routes(request, response, next);
    });
    const server = createServer(app);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const hooks = new WebhookRig(rig, cloud, server);
    return hooks;
  }

  /** Ends the runtime and begins another one with the same folder, at the same address. */
  async restart(): Promise<void> {
    await this.rig.stop();
    this.rig = new AccountRig(this.cloud.server, this.rig.folder);
    this.#routes = routesOf(this.rig);
  }

  /** Origin of the public address. */
  get origin(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`; // a TCP server's address is never a string
  }

  get callbackUrl(): string {
    return `${this.origin}${WEBHOOK_PATH}/${KEY}`;
  }

  account(properties: object = {}, credentials: Partial<AccountCredentials> = {}): Lease {
    const id = 'id' in properties ? String(properties.id) : 'account-1';
    this.rig.inFlows.add(id);
    const settings = { webhookUrl: this.origin, timezone: 'UTC', families: only('daily_sleep', 'workout'), ...properties };
    return this.rig.acquire(settings, { ...APPLICATION, accessToken: 'demo-token', ...credentials });
  }

  /** Takes an account out of the flows. */
  async remove(lease: Lease): Promise<void> {
    this.rig.inFlows.delete(lease.session.config.id);
    lease.release();
    await this.rig.passing('the grace to end', 1000, () => this.rig.runtime.sessionOf(lease.session.config.id) === null);
  }

  /** Waits until Oura has subscriptions like these, of one account's families. */
  async subscribed(lease: Lease): Promise<void> {
    const { webhooks } = this.rig.runtime;
    await this.rig.passing('subscriptions', 1000, () => webhooks.statusOf(lease.session.config.id).state === 'active');
  }

  async post({ body, headers }: Post, key = KEY): Promise<number> {
    const answer = await fetch(`${this.origin}${WEBHOOK_PATH}/${key}`, { method: 'POST', body, headers });
    await answer.arrayBuffer();
    return answer.status;
  }

  async clear(): Promise<void> {
    await this.rig.clear();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

function routesOf(rig: AccountRig): Router {
  const httpNode = express.Router();
  registerWebhook({ httpNode } as unknown as Pick<NodeAPI, 'httpNode'>, rig.runtime); // of the application it uses what a router has
  return httpNode;
}

/** The property of an account that fetches nothing but these families, as far as they have webhooks. */
export function only(...families: readonly EndpointKey[]): Readonly<Record<string, readonly string[]>> {
  const others = ENDPOINT_KEYS.filter((key) => endpointOf(key).webhook !== null && !families.includes(key));
  return Object.fromEntries(others.map((key) => [key, []]));
}
