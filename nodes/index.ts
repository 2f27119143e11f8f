import type { NodeAPI } from 'node-red';
import { ENDPOINT_KEYS } from '../lib/catalogue/endpoints';
import { nodeTypeOf } from '../lib/catalogue/node-type';
import { registerAccount } from './account/account';
import { registerRefresh } from './data/refresh';
import { registerStatus } from './data/status';
import { registerWebhook } from './data/webhook';
import { registerHome } from './home/home';
import { registerEntities } from './home/entities';
import { registerStatistics } from './home/statistics';
import { registerSource } from './sources/source';

/** The table of node types: who registers each. */
const NODE_TYPES: Readonly<Record<string, (RED: NodeAPI) => void>> = {
  'oura-account': (RED) => {
    registerAccount(RED);
  },
  'oura-home': registerHome,
  'oura-entities': (RED) => {
    registerEntities(RED);
  },
  'oura-refresh': registerRefresh,
  'oura-statistics': (RED) => {
    registerStatistics(RED);
  },
  'oura-status': registerStatus,
  'oura-webhook': (RED) => {
    registerWebhook(RED);
  },
  ...Object.fromEntries(
    ENDPOINT_KEYS.map((endpoint) => [
      nodeTypeOf(endpoint),
      (RED: NodeAPI) => {
        registerSource(RED, endpoint);
      },
    ]),
  ),
};

/** Registers one node type; called by its stub. */
export function register(RED: NodeAPI, type: string): void {
  const registerType = NODE_TYPES[type];
  if (registerType === undefined) throw new Error(`There is no node type ${type} in this package.`);
  registerType(RED);
}
