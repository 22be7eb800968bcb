import type { Config } from '../config.js';
import { createOidcProvider } from './oidc-provider.js';
import { SIGN_ON_CALLBACK, type SignOn } from './serve-sign-on.js';

/** Single sign-on as the settings want it; undefined where they name no provider. */
export function signOnOf(
  config: Pick<Config, 'signOn' | 'publicApiUrl' | 'port' | 'consoleUrl' | 'consolePort'>,
): SignOn | undefined {
  const { signOn: settings, publicApiUrl, port, consoleUrl } = config;
  if (settings === null) return undefined;
  return {
    settings,
    provider: createOidcProvider(settings),
    redirectUri: `${publicApiUrl ?? `http://localhost:${port}`}${SIGN_ON_CALLBACK}`,
    consoleUrl: consoleUrlOf(config),
    secure: consoleUrl?.startsWith('https:') ?? false,
  };
}

/** Where people open the console, without a slash at its end. */
export function consoleUrlOf({
  consoleUrl,
  consolePort,
}: Pick<Config, 'consoleUrl' | 'consolePort'>): string {
  return (consoleUrl ?? `http://localhost:${consolePort}`).replace(/\/+$/, '');
}
