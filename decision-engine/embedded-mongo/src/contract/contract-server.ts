import { randomBytes } from 'node:crypto';
import { env } from 'node:process';
import { type Db, MongoClient } from 'mongodb';
import { loadConfig } from '../config.js';
import { temporaryServer } from '../testing/temporary-server.js';

/** A database of the server that the contract is held against. */
export interface ContractServer {
  readonly uri: string;
  readonly client: MongoClient;
  readonly db: Db;
  /** FerretDB 1.24 with SQLite, which says itself what of MongoDB it lacks. */
  readonly isFerretDb: boolean;
  close(): Promise<void>;
}

/** The server of `MONGODB_URI`, or an embedded one of its own. The database is dropped at the end. */
export async function contractServer(): Promise<ContractServer> {
  const { contractUri: given } = loadConfig(env);
  const own = given === undefined ? await temporaryServer() : undefined;
  const uri = given ?? own?.uri ?? '';
  const client = await MongoClient.connect(uri, { retryWrites: false });
  const info = await client.db('admin').command({ buildInfo: 1 });
  const db = client.db(`segue_contract_${randomBytes(4).toString('hex')}`);
  return {
    uri,
    client,
    db,
    isFerretDb: 'ferretdbVersion' in info || 'ferretdb' in info,
    close: async () => {
      await db.dropDatabase();
      await client.close();
      await own?.close();
    },
  };
}
