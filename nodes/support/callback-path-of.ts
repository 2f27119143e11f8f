import type { NodeAPI } from 'node-red';
import { publicRootOf } from './public-root-of';

/** Where Oura sends people back to, for all accounts; the single-use state says which. Below the root of HTTP nodes. */
export const CALLBACK_PATH = '/oura/oauth/callback';

/** Path of the callback below the address of Node-RED; null = HTTP nodes are switched off. */
export function callbackPathOf(RED: NodeAPI): string | null {
  const root = publicRootOf(RED);
  return root === null ? null : root + CALLBACK_PATH;
}
