import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isPublicAddress, publicLookup } from '../webhooks/public-address.js';

/** What is wrong with an address that somebody outside has named: no HTTPS, a password in it, inside our own network. */
export function addressProblem(text: string, allowPrivate: boolean): string | undefined {
  if (!URL.canParse(text)) return 'the address is no URL';
  const url = new URL(text);
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:'))
    return 'the address is not https';
  if (url.username !== '' || url.password !== '') return 'the address carries a password';
  // Names are checked when they are resolved; an address written out is never looked up.
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const written = /^[\d.]+$|:/.test(host);
  return written && !allowPrivate && !isPublicAddress(host) ? `${host} is not a public address` : undefined;
}

/** Posts to an address that somebody outside has named: never into our own network, no redirects, no connection kept. */
export function postPublicly(
  url: URL,
  body: string | Buffer,
  options: { headers: Record<string, string>; timeoutMs: number; allowPrivate: boolean },
) {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const request = (url.protocol === 'https:' ? httpsRequest : httpRequest)(
      url,
      {
        method: 'POST',
        headers: options.headers,
        signal: AbortSignal.timeout(options.timeoutMs),
        agent: false,
        ...(options.allowPrivate ? {} : { lookup: publicLookup }),
      },
      (response) => {
        // The answer's body is nobody's business; reading it lets the connection go.
        response.on('error', () => undefined).resume();
        resolve(response);
      },
    );
    request.on('error', reject);
    request.end(body);
  });
}
