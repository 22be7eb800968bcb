import { type NextRequest, NextResponse } from 'next/server';
import { currentConfig } from './config';
import { contentSecurityPolicy } from './engine/content-security-policy';
import { engineAddress } from './engine/engine-address';
import { pageAddress } from './engine/page-address';

/** Sets the security headers of every page; the address of the engine is only known at request time. */
export function proxy(request: NextRequest): NextResponse {
  const config = currentConfig();
  const nonce = btoa(crypto.randomUUID());
  const policy = contentSecurityPolicy({
    nonce,
    engine: engineAddress(config, pageAddress(request.headers)),
    development: config.development,
    framedBy: request.nextUrl.pathname === '/embed' ? config.embedOrigins : [],
  });
  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('x-address', request.nextUrl.pathname + request.nextUrl.search);
  headers.set('content-security-policy', policy);
  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', policy);
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  return response;
}

export const config = {
  matcher: [{ source: '/((?!_next/static|_next/image|icon.svg|segue-embed.js).*)' }],
};
