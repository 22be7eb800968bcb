import type { Config } from '../config.js';
import { createOidcProvider } from './oidc-provider.js';
import { SIGN_ON_CALLBACK, type SignOn } from './serve-sign-on.js';

/** Single sign-on as the settings want it; undefined where they name no provider. */
export function signOnOf(
  config: Pick<Config, 'signOn' | 'publicApiUrl' | 'port' | 'consoleUrl' | 'consolePort'>,
): SignOn | undefined {
  const { signOn: settings, publicApiUrl, port, consoleUrl, consolePort } = config;
  if (settings === null) return undefined;
  return {
    settings,
    provider: createOidcProvider(settings),
    redirectUri: `${publicApiUrl ?? `http://localhost:${port}`}${SIGN_ON_CALLBACK}`,
    consoleUrl: (consoleUrl ?? `http://localhost:${consolePort}`).replace(/\/+$/, ''),
    secure: consoleUrl?.startsWith('https:') ?? false,
  };
}
