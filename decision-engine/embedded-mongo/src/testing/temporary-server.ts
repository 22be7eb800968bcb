import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedMongo,
  type EmbeddedMongoOptions,
  startEmbeddedMongo,
} from '../start-embedded-mongo.js';

export interface TemporaryServer extends EmbeddedMongo {
  readonly dataDir: string;
}

/** A server on a folder of its own that is removed when it is closed. */
export async function temporaryServer(options: Partial<EmbeddedMongoOptions> = {}): Promise<TemporaryServer> {
  const dataDir = mkdtempSync(join(tmpdir(), 'segue-embedded-mongo-'));
  const server = await startEmbeddedMongo({ dataDir, ...options });
  const close = async (): Promise<void> => {
    await server.close();
    rmSync(dataDir, { recursive: true, force: true });
  };
  return { ...server, dataDir, close };
}
