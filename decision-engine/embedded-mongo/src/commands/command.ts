import { Double } from 'bson';
import { type Doc, docOf, isDoc, type Maybe, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toSafeInt } from '../numeric/number.js';
import { typeOf } from '../query/type-names.js';
import { type Catalog, checkDatabaseName } from '../storage/catalog.js';
import type { Cursors } from './cursors.js';

/** One client's connection, as commands see it. */
export interface Client {
  readonly id: number;
  authenticated: boolean;
  /** The state of a SASL conversation. */
  sasl: unknown;
  /** The name in the client's handshake. */
  appName: string | undefined;
  readonly closed: AbortSignal;
}

/** What every command can use. */
export interface CommandContext {
  readonly catalog: Catalog;
  readonly cursors: Cursors;
  readonly client: Client;
  readonly db: string;
  readonly server: ServerState;
  /** Stores the answer of a numbered write; to be called inside the transaction that writes. */
  readonly remember?: (reply: Doc) => void;
}

/** What commands share across connections. */
export interface ServerState {
  readonly startedAt: Date;
  readonly host: string;
  port: number;
  readonly dataDir: string;
  readonly credentials: Credentials | undefined;
  connections: number;
  readonly counters: Record<'insert' | 'query' | 'update' | 'delete' | 'getmore' | 'command', number>;
  readonly parameters: Map<string, Value>;
  now(): Date;
}

export interface Credentials {
  readonly user: string;
  readonly salt: Buffer;
  readonly iterations: number;
  readonly storedKey: Buffer;
  readonly serverKey: Buffer;
}

export type Command = (command: Doc, context: CommandContext) => Doc | Promise<Doc>;

/** A reply with `ok: 1` at its end, where MongoDB has it. */
export function reply(fields: Iterable<readonly [string, Maybe]> = []): Doc {
  const doc = docOf(fields);
  doc['ok'] = new Double(1);
  return doc;
}

/** The namespace a command is about. @throws MongoError InvalidNamespace (73) */
export function namespaceOf(command: Doc, name: string, { db }: CommandContext): string {
  const collection = command[name];
  if (typeof collection !== 'string') {
    throw new MongoError('InvalidNamespace', `collection name has invalid type ${typeOf(collection)}`);
  }
  if (collection === '') throw new MongoError('InvalidNamespace', `Invalid namespace specified '${db}.'`);
  checkDatabaseName(db);
  return `${db}.${collection}`;
}

/** A document argument, undefined where it is missing. @throws MongoError TypeMismatch (14) */
export function docArgument(command: Doc, name: string): Doc | undefined {
  const value = command[name];
  if (value === undefined || value === null) return undefined;
  if (isDoc(value)) return value;
  throw new MongoError(
    'TypeMismatch',
    `BSON field '${name}' is the wrong type '${typeOf(value)}', expected type 'object'`,
  );
}

/** A number argument that is not negative. @throws MongoError TypeMismatch (14), 51024 */
export function countArgument(command: Doc, name: string): number | undefined {
  const value = command[name];
  if (value === undefined || value === null) return undefined;
  const number = isNumeric(value) ? toSafeInt(value) : undefined;
  if (number === undefined) {
    throw new MongoError(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeOf(value)}', expected types '[long, int, decimal, double]'`,
    );
  }
  if (number < 0)
    throw new MongoError(51024, `BSON field '${name}' value must be >= 0, actual value '${number}'`);
  return number;
}

/** The documents of an argument that is an array. @throws MongoError TypeMismatch (14), 40414 */
export function docsArgument(command: Doc, name: string): Doc[] {
  const value = command[name];
  if (value === undefined)
    throw new MongoError(40414, `BSON field '${name}' is missing but a required field`);
  if (!Array.isArray(value))
    throw new MongoError(
      'TypeMismatch',
      `BSON field '${name}' is the wrong type '${typeOf(value)}', expected type 'array'`,
    );
  return value.map((item) => {
    if (isDoc(item)) return item;
    throw new MongoError('TypeMismatch', `BSON field '${name}' is the wrong type, expected documents`);
  });
}
