import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Lease, Runtime } from '../../lib/runtime';
import { accountConfig, type AccountCredentials } from '../../lib/sync/account-config';
import { flowsStarted } from '../support/flows-started';
import { liveTeller } from '../support/live-teller';
import { migrate } from '../support/migrate';
import { runtimeOf } from '../support/runtime-of';
import { registerAddressRoutes } from './address-routes';
import { registerCallback } from './callback-route';
import { registerCare } from './care-routes';
import { registerWebhook } from './webhook-route';
import { registerWizard } from './wizard-routes';

/** The account node: holds the credentials and a lease on the shared session. */
export interface AccountNode extends Node<Partial<AccountCredentials>> {
  lease: Lease;
}

/** `oura-account`: one Oura account, shared by all nodes that use it; also what its dialog and the sidebar ask for. */
export function registerAccount(RED: NodeAPI, runtime: Runtime = runtimeOf(RED)): void {
  const tellLive = liveTeller(RED);
  function OuraAccountNode(this: AccountNode, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const config = accountConfig(migrate('oura-account', { ...def }), this.credentials);
    this.lease = runtime.acquire(config, flowsStarted(RED));
    const end = this.lease.session.events.add(tellLive);
    tellLive();
    this.on('close', () => {
      end();
      this.lease.release();
      tellLive();
    });
  }
  registerWizard(RED, runtime);
  registerCare(RED, runtime);
  registerAddressRoutes(RED, runtime);
  registerCallback(RED, runtime);
  registerWebhook(RED, runtime);
  RED.events.once('flows:started', () => void runtime.watchRemovals());
  RED.nodes.registerType<AccountNode, NodeDef, object, Partial<AccountCredentials>>('oura-account', OuraAccountNode, {
    credentials: { clientId: { type: 'text' }, clientSecret: { type: 'password' }, accessToken: { type: 'password' } },
  });
}
