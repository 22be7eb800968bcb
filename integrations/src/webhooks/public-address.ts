import type { LookupAddress } from 'node:dns';
import { lookup as dnsLookup } from 'node:dns';
import type { LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A webhook's address leads into our own network. Never retried. */
export class PrivateAddressError extends Error {
  override readonly name = 'PrivateAddressError';
}

/**
 * Whether an IP address belongs to a machine on the public internet: not loopback, private, link-local (where clouds
 * serve their credentials), carrier-grade NAT, multicast, reserved or an IPv4 address of these kinds in IPv6 clothes.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  return ipaddr.process(address).range() === 'unicast';
}

/**
 * Resolves host names for a connection and refuses those that lead to any private address. Checked here, at the moment
 * of connecting, a name can't be changed between the check and the connection.
 */
export const publicLookup: LookupFunction = (hostname, options, callback) => {
  dnsLookup(hostname, { ...options, all: true }, (error, found: LookupAddress[]) => {
    if (error) return callback(error, '', 0);
    const bad = found.find(({ address }) => !isPublicAddress(address));
    if (bad)
      return callback(new PrivateAddressError(`${hostname} is ${bad.address}, which is not public`), '', 0);
    const [first] = found;
    if (options.all === true) return callback(null, found);
    return first
      ? callback(null, first.address, first.family)
      : callback(new Error(`${hostname} has no address`), '', 0);
  });
};
