import type { Agent } from 'node:http';
import { HttpProxyAgent } from 'http-proxy-agent';
import { HttpsProxyAgent } from 'https-proxy-agent';
import { getProxyForUrl } from 'proxy-from-env';

/**
 * The way through the proxy that the environment names for an address (`HTTPS_PROXY`, `HTTP_PROXY`, `NO_PROXY`), by the rules of the HTTP
 * client that asks the API; https goes through a tunnel, so that the proxy sees nothing but the host.
 * @returns null = directly
 */
export function proxyAgentFor(url: URL): Agent | null {
  const proxy = URL.parse(getProxyForUrl(url.href));
  if (proxy === null) return null;
  return url.protocol === 'https:' ? new HttpsProxyAgent(proxy) : new HttpProxyAgent(proxy);
}
