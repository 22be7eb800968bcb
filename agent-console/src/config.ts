import { z } from 'zod';

const environment = z.object({
  SEGUE_PUBLIC_API_URL: z
    .url({ protocol: /^https?$/, error: 'Expected "SEGUE_PUBLIC_API_URL" to be an http or https address' })
    .optional(),
  SEGUE_API_PORT: z.coerce.number().int().min(1).max(65535).default(4000),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
});

export type ConsoleConfig = {
  /** Where browsers reach the engine; null: on the host that served the page, at `apiPort`. */
  publicApiUrl: string | null;
  apiPort: number;
  development: boolean;
};

/** Reads the console's settings. An empty variable counts as not set. Throws naming the variable that is wrong. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ConsoleConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.parse(given);
  return {
    publicApiUrl: parsed.SEGUE_PUBLIC_API_URL?.replace(/\/+$/, '') ?? null,
    apiPort: parsed.SEGUE_API_PORT,
    development: parsed.NODE_ENV === 'development',
  };
}

/** The settings of this process, read at request time so that one build serves everywhere. */
export function currentConfig(): ConsoleConfig {
  return loadConfig(process.env);
}
