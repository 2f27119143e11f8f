import { BlockList, isIP } from 'node:net';

/** Names that only a network of one's own knows (RFC 6761, 6762, 8375; `lan` and `home` by custom). */
const OWN_NAME = /(?:^|\.)(?:localhost|local|lan|home|internal|intranet|home\.arpa)$/;

const own = new BlockList();
for (const [net, prefix] of [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // shared by the customers of a provider, and by Tailscale
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.168.0.0', 16],
] as const)
  own.addSubnet(net, prefix, 'ipv4');
for (const [net, prefix] of [
  ['::', 127], // unspecified and loopback
  ['fc00::', 7],
  ['fe80::', 10],
] as const)
  own.addSubnet(net, prefix, 'ipv6');

/**
 * Whether a host, going by its name alone, cannot be reached from the internet.
 * @param hostname as in `URL.hostname`: small letters, IPv6 in brackets
 */
export function isPrivateHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '');
  const family = isIP(host);
  if (family !== 0) return own.check(host, family === 4 ? 'ipv4' : 'ipv6');
  return !host.includes('.') || OWN_NAME.test(host);
}
