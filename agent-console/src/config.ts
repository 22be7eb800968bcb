import { z } from 'zod';

/** Exact origins, separated by commas: no paths, no wildcards. */
const origins = z
  .string()
  .transform((text) => text.split(',').map((each) => each.trim()))
  .pipe(
    z.array(
      z
        .string()
        .refine(
          (text) =>
            URL.canParse(text) &&
            /^https?:\/\//.test(text) &&
            new URL(text).origin === text &&
            !text.includes('*'),
          {
            error: (issue) =>
              `Expected "SEGUE_EMBED_ORIGINS" to hold origins like https://chat.example.com, got ${String(issue.input)}`,
          },
        ),
    ),
  );

const environment = z.object({
  SEGUE_PUBLIC_API_URL: z
    .url({ protocol: /^https?$/, error: 'Expected "SEGUE_PUBLIC_API_URL" to be an http or https address' })
    .optional(),
  SEGUE_API_PORT: z.coerce.number().int().min(1).max(65535).default(4000),
  SEGUE_EMBED_ORIGINS: origins.default([]),
  NODE_ENV: z.enum(['development', 'production', 'test']).default('production'),
});

export type ConsoleConfig = {
  /** Where browsers reach the engine; null: on the host that served the page, at `apiPort`. */
  publicApiUrl: string | null;
  apiPort: number;
  development: boolean;
  /** Pages that may show the plugin, as exact origins. */
  embedOrigins: readonly string[];
};

/** Reads the console's settings. An empty variable counts as not set. Throws naming the variable that is wrong. */
export function loadConfig(env: Readonly<Record<string, string | undefined>>): ConsoleConfig {
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== ''));
  const parsed = environment.parse(given);
  return {
    publicApiUrl: parsed.SEGUE_PUBLIC_API_URL?.replace(/\/+$/, '') ?? null,
    apiPort: parsed.SEGUE_API_PORT,
    development: parsed.NODE_ENV === 'development',
    embedOrigins: parsed.SEGUE_EMBED_ORIGINS,
  };
}

/** The settings of this process, read at request time so that one build serves everywhere. */
export function currentConfig(): ConsoleConfig {
  return loadConfig(process.env);
}
