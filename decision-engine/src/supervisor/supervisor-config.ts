import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

// The same place seen from `src/supervisor` and from `dist/supervisor`.
const repositoryRoot = fileURLToPath(new URL('../../..', import.meta.url));

const port = z.coerce.number().int().min(1).max(65535);

const databaseEnvironment = z.object({
  MONGODB_URI: z
    .string()
    .regex(/^mongodb(\+srv)?:\/\//, 'Expected a mongodb:// or mongodb+srv:// address')
    .optional(),
  SEGUE_DATA: z.string().default(join(repositoryRoot, '.data')),
});

const supervisorEnvironment = databaseEnvironment.extend({
  HOST: z.string().default('127.0.0.1'),
  PORT: port.default(4000),
  CONSOLE_PORT: port.default(3000),
});

/** What has to be known to find or start the database. */
export type DatabaseConfig = {
  /** The server the operator named; `null` leaves the choice to us. */
  readonly mongodbUri: string | null;
  /** Folder, absolute, of the store's files, the logs and the like. */
  readonly dataFolder: string;
};

export type SupervisorConfig = DatabaseConfig & {
  /** The address both servers listen on. */
  readonly host: string;
  readonly port: number;
  readonly consolePort: number;
};

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads where the database is to be found; unlike the engine's own settings it may be left open.
 *
 * @throws Error naming the variable and the rule
 */
export function loadDatabaseConfig(env: Environment): DatabaseConfig {
  return databaseConfig(parse(databaseEnvironment, env));
}

/**
 * Reads the settings of `npm start`.
 *
 * @throws Error naming the variable and the rule
 */
export function loadSupervisorConfig(env: Environment): SupervisorConfig {
  const values = parse(supervisorEnvironment, env);
  if (values.PORT === values.CONSOLE_PORT) {
    throw new Error(`Expected "CONSOLE_PORT" to differ from "PORT", got ${values.PORT} for both`);
  }
  return {
    ...databaseConfig(values),
    host: values.HOST,
    port: values.PORT,
    consolePort: values.CONSOLE_PORT,
  };
}

function databaseConfig(values: z.infer<typeof databaseEnvironment>): DatabaseConfig {
  return { mongodbUri: values.MONGODB_URI ?? null, dataFolder: resolve(values.SEGUE_DATA) };
}

function parse<Schema extends z.ZodType>(schema: Schema, env: Environment): z.infer<Schema> {
  const given = Object.fromEntries(
    Object.entries(env).filter(([, value]) => value !== undefined && value !== ''),
  );
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join('.');
    // An address may hold a password.
    return name === 'MONGODB_URI'
      ? `${name}: ${issue.message}`
      : `${name}: ${issue.message}, got ${given[name]}`;
  });
  throw new Error(`These settings can't be used:\n  ${problems.join('\n  ')}`);
}
