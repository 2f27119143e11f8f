import type { NodeAPI } from 'node-red';

/** Where Oura sends people back to, for all accounts; the single-use state says which. Below the root of HTTP nodes. */
export const CALLBACK_PATH = '/oura/oauth/callback';

/** Path of the callback below the address of Node-RED; null = HTTP nodes are switched off. */
export function callbackPathOf(RED: NodeAPI): string | null {
  const { httpNodeRoot } = RED.settings as { readonly httpNodeRoot?: unknown }; // the typing leaves out that it may be false
  if (httpNodeRoot === false) return null;
  return (typeof httpNodeRoot === 'string' ? httpNodeRoot.replace(/\/+$/, '') : '') + CALLBACK_PATH;
}
