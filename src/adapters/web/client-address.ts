import type { IncomingMessage } from 'node:http';
import { BlockList, isIP, isIPv6 } from 'node:net';

/** Addresses and networks (`10.0.0.0/8`) of proxies whose X-Forwarded-For is trusted. */
export type TrustedProxies = (address: string) => boolean;

export function trustProxies(proxies: readonly string[]): TrustedProxies {
  const list = new BlockList();
  for (const proxy of proxies) {
    const [address = '', bits] = proxy.split('/');
    const family = isIPv6(address) ? 'ipv6' : 'ipv4';
    if (bits === undefined) list.addAddress(address, family);
    else list.addSubnet(address, Number(bits), family);
  }
  return (address) => isIP(address) !== 0 && list.check(address, isIPv6(address) ? 'ipv6' : 'ipv4');
}

/**
 * The client: the nearest address that is not a trusted proxy. X-Forwarded-For is read from its end, where the proxy writes; everything
 * before an untrusted address may be invented.
 */
export function clientAddress(request: IncomingMessage, isTrusted: TrustedProxies): string {
  let address = plain(request.socket.remoteAddress ?? '');
  if (!isTrusted(address)) return address;
  const forwarded = [request.headers['x-forwarded-for'] ?? []].flat().join(',');
  for (const hop of forwarded.slice(-MAX_FORWARDED).split(',').reverse()) {
    const named = plain(hop.trim());
    if (isIP(named) === 0) break;
    address = named;
    if (!isTrusted(address)) break;
  }
  return address;
}

/** Whether a trusted proxy forwarded a request. */
export function cameByProxy(request: IncomingMessage, isTrusted: TrustedProxies): boolean {
  return (
    request.headers['x-forwarded-for'] !== undefined && isTrusted(plain(request.socket.remoteAddress ?? ''))
  );
}

const MAX_FORWARDED = 1_000;

/** `::ffff:192.0.2.1` is 192.0.2.1. */
function plain(address: string): string {
  return address.replace(/^::ffff:(?=[\d.]+$)/i, '');
}

/** The key of a client's limits: an IPv6 network of 64 bits is one client, as it owns all those addresses. */
export function clientKey(address: string): string {
  if (!isIPv6(address)) return address;
  const [head = '', tail] = address.toLowerCase().split('%')[0]?.split('::') ?? [];
  const groups = head === '' ? [] : head.split(':');
  const after = tail === undefined || tail === '' ? [] : tail.split(':');
  const filled =
    tail === undefined
      ? groups
      : [...groups, ...Array(Math.max(0, 8 - groups.length - after.length)).fill('0'), ...after];
  return filled
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':');
}
