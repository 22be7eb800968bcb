import type { Collection, Connection, Model } from 'mongoose';

/**
 * The driver's own collection behind a model, for the writes of each decision: mongoose's casting, defaults and copies took
 * longer than the write. What goes through it has to be as it is stored.
 */
export function nativeOf<Document extends { readonly _id: string }>(
  connection: Connection,
  { collection }: Pick<Model<Document>, 'collection'>,
): Collection<Document> {
  return connection.collection<Document>(collection.collectionName);
}
