import type { Config } from '../config.js';

/**
 * Whether a page of this origin may call the API with an agent's cookie: the console, and nobody else. Without
 * `CONSOLE_URL` that is the console's port on the host the API itself was called by (localhost or 127.0.0.1, say).
 */
export function isOriginAllowed(
  origin: string,
  { consoleUrl, consolePort }: Pick<Config, 'consoleUrl' | 'consolePort'>,
  host: string | undefined,
): boolean {
  if (consoleUrl !== null) return origin === new URL(consoleUrl).origin;
  if (!URL.canParse(origin) || host === undefined || !URL.canParse(`http://${host}`)) return false;
  const from = new URL(origin);
  return from.hostname === new URL(`http://${host}`).hostname && from.port === String(consolePort);
}
