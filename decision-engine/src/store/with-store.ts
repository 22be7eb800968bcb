import { openStore, type Store } from './store.js';

/** Opens the store of a database for one piece of work, and closes it whatever comes of that. */
export async function withStore<Result>(
  uri: string,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const store = await openStore(uri);
  try {
    return await work(store);
  } finally {
    await store.connection.close();
  }
}
