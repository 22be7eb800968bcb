import type { ConsoleConfig } from '../config';

/** What the request says about how the browser reached us. */
export type PageAddress = {
  host: string | null;
  forwardedHost: string | null;
  forwardedProto: string | null;
};

/**
 * Where this browser finds the engine: the configured address, else the host of the page at the API's port.
 * Behind a proxy the forwarded host and protocol count (the first of a list).
 */
export function engineAddress(
  config: Pick<ConsoleConfig, 'publicApiUrl' | 'apiPort'>,
  page: PageAddress,
): string {
  if (config.publicApiUrl !== null) return config.publicApiUrl;
  const host = first(page.forwardedHost) ?? page.host ?? 'localhost';
  const protocol = first(page.forwardedProto) === 'https' ? 'https' : 'http';
  const hostname = host.replace(/:\d+$/, '');
  return `${protocol}://${isHostname(hostname) ? hostname : 'localhost'}:${config.apiPort}`;
}

/** The same engine's address for WebSockets, as a content security policy wants it. */
export function socketAddress(engine: string): string {
  return engine.replace(/^http/, 'ws');
}

function first(list: string | null): string | null {
  return list?.split(',')[0]?.trim() || null;
}

// The host header is the sender's word and ends up in a security header: letters, digits, dots, hyphens or [IPv6] only.
function isHostname(text: string): boolean {
  return /^(?:[a-z0-9.-]+|\[[0-9a-f:.]+\])$/i.test(text);
}
