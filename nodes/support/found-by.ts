import type { NodeAPI } from 'node-red';
import type { Found } from '../../lib/accounts/wire';
import { callbackPathOf } from './callback-path-of';

const OFFERED = ['OURA_TOKEN', 'OURA_CLIENT_ID', 'OURA_CLIENT_SECRET'];

/** What is there already and can be offered to whoever sets up an account. */
export function foundBy(RED: NodeAPI): Found {
  const { httpNodeAuth } = RED.settings as { readonly httpNodeAuth?: unknown }; // not in the typing
  return {
    addOn: process.env['SUPERVISOR_TOKEN'] !== undefined,
    environment: OFFERED.filter((name) => (process.env[name] ?? '') !== ''),
    callbackPath: callbackPathOf(RED),
    callbackLogin: httpNodeAuth !== undefined && httpNodeAuth !== null,
  };
}
