import type { NodeAPI } from 'node-red';

/** Path of the root of HTTP nodes without a slash at its end; null = HTTP nodes are switched off. */
export function publicRootOf(RED: NodeAPI): string | null {
  const { httpNodeRoot } = RED.settings as { readonly httpNodeRoot?: unknown }; // the typing leaves out that it may be false
  if (httpNodeRoot === false) return null;
  return typeof httpNodeRoot === 'string' ? httpNodeRoot.replace(/\/+$/, '') : '';
}
