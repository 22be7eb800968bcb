import type { PageAddress } from './engine-address';

/** Picks from a request's headers what tells how the browser reached us. */
export function pageAddress(headers: { get(name: string): string | null }): PageAddress {
  return {
    host: headers.get('host'),
    forwardedHost: headers.get('x-forwarded-host'),
    forwardedProto: headers.get('x-forwarded-proto'),
  };
}
