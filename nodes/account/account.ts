import type { Node, NodeAPI, NodeDef } from 'node-red';
import type { Lease, Runtime } from '../../lib/runtime';
import { accountConfig } from '../../lib/sync/account-config';
import { flowsStarted } from '../support/flows-started';
import { runtimeOf } from '../support/runtime-of';

interface Credentials {
  readonly clientId?: string;
  readonly clientSecret?: string;
  readonly accessToken?: string;
}

/** The account node: holds the credentials and a lease on the shared session. */
export interface AccountNode extends Node<Credentials> {
  lease: Lease;
}

/** `oura-account`: one Oura account, shared by all nodes that use it. */
export function registerAccount(RED: NodeAPI, runtime: Runtime = runtimeOf(RED)): void {
  function OuraAccountNode(this: AccountNode, def: NodeDef): void {
    RED.nodes.createNode(this, def);
    const config = accountConfig(def, this.credentials.accessToken ?? '');
    this.lease = runtime.acquire(config, flowsStarted(RED));
    this.on('close', () => {
      this.lease.release();
    });
  }
  RED.nodes.registerType<AccountNode, NodeDef, object, Credentials>('oura-account', OuraAccountNode, {
    credentials: { clientId: { type: 'text' }, clientSecret: { type: 'password' }, accessToken: { type: 'password' } },
  });
}
