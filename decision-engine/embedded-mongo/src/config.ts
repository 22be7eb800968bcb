/** What this package reads from the environment. */
export interface StoreConfig {
  /** The server that the storage contract is held against; without it the embedded store is started. */
  readonly contractUri: string | undefined;
}

/** Reads the environment: the one place of this package that does. */
export function loadConfig(environment: Readonly<Record<string, string | undefined>>): StoreConfig {
  return { contractUri: environment['MONGODB_URI'] || undefined };
}
