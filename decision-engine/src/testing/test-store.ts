import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { startEmbeddedMongo } from '@segue/embedded-mongo';
import { openStore, type Store } from '../store/store.js';
import { testServerUri } from './test-server-uri.js';

/** A store of its own for one test file: on the server of `MONGODB_URI` where one is given, else an embedded one. */
export async function openTestStore(): Promise<{ store: Store; close(): Promise<void> }> {
  const given = testServerUri(process.pid);
  if (given !== null) {
    const store = await openStore(given);
    return {
      store,
      close: async () => {
        await store.connection.dropDatabase();
        await store.connection.close();
      },
    };
  }
  const dataDir = await mkdtemp(path.join(tmpdir(), 'segue-store-'));
  const server = await startEmbeddedMongo({ dataDir });
  const store = await openStore(server.uri);
  return {
    store,
    close: async () => {
      await store.connection.close();
      await server.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}
