import { socketAddress } from './engine-address';

export type PolicyParts = {
  nonce: string;
  engine: string;
  development: boolean;
  /** Who may frame the page; nobody where it is empty. */
  framedBy?: readonly string[];
};

/**
 * The policy of a console page: scripts by nonce, data from the engine alone, framed by nobody but those named.
 * Styles may stand inline: bars take their width from a style attribute, and Radix adds one rule while a dialog is open.
 */
export function contentSecurityPolicy({ nonce, engine, development, framedBy = [] }: PolicyParts): string {
  const scripts = [`'self'`, `'nonce-${nonce}'`, `'strict-dynamic'`];
  const connections = [`'self'`, engine, socketAddress(engine)];
  if (development) {
    // React's development build evaluates code to rebuild stacks, and the reload channel is a socket of the page.
    scripts.push(`'unsafe-eval'`);
    connections.push('ws:');
  }
  return [
    `default-src 'self'`,
    `script-src ${scripts.join(' ')}`,
    `style-src 'self' 'unsafe-inline'`,
    `img-src 'self' data:`,
    `font-src 'self'`,
    `connect-src ${connections.join(' ')}`,
    `object-src 'none'`,
    `base-uri 'none'`,
    `form-action 'self'`,
    `frame-ancestors ${framedBy.length === 0 ? `'none'` : framedBy.join(' ')}`,
  ].join('; ');
}
