import { type ClientSession, Collection, Db, type Document, MongoClient } from 'mongodb';
import type { Entities } from './match.js';
import type { Operation } from './test-file.js';

type Arguments = Document;

/** Runs one operation of a test with the driver and answers what the format calls its result. */
export async function runOperation(
  operation: Operation,
  entities: Entities,
  internal: MongoClient,
): Promise<unknown> {
  const given: Arguments = { ...operation.arguments };
  if (typeof given['session'] === 'string')
    given['session'] = entities.get(given['session']) as ClientSession;
  if (operation.object === 'testRunner') return runnerOperation(operation.name, given, internal);
  const object = entities.get(operation.object);
  if (object instanceof Collection) return collectionOperation(object, operation.name, given);
  if (object instanceof Db) return databaseOperation(object, operation.name, given);
  if (object instanceof MongoClient) return clientOperation(object, operation.name, given);
  throw new Error(`the runner does not know the entity ${operation.object}`);
}

async function runnerOperation(name: string, given: Arguments, internal: MongoClient): Promise<unknown> {
  if (name === 'failPoint') return internal.db('admin').command(given['failPoint'] as Document);
  throw new Error(`the runner does not know testRunner.${name}`);
}

async function databaseOperation(db: Db, name: string, given: Arguments): Promise<unknown> {
  switch (name) {
    case 'aggregate': {
      const { pipeline, ...options } = given;
      return db.aggregate(pipeline as Document[], options).toArray();
    }
    case 'runCommand':
      return db.command(given['command'] as Document);
    case 'createCollection': {
      const { collection, ...options } = given;
      return db.createCollection(String(collection), options);
    }
    case 'dropCollection':
      return db.dropCollection(String(given['collection']));
    case 'modifyCollection': {
      const { collection, ...options } = given;
      return db.command({ collMod: collection, ...options });
    }
    case 'listCollections':
      return db.listCollections(given['filter'] as Document).toArray();
    default:
      throw new Error(`the runner does not know database.${name}`);
  }
}

async function clientOperation(client: MongoClient, name: string, given: Arguments): Promise<unknown> {
  if (name === 'clientBulkWrite') {
    const { models, ...options } = given;
    const result = await client.bulkWrite((models as Document[]).map(clientModel) as never, options);
    return bulkMaps(result as unknown as Document);
  }
  if (name === 'listDatabases') return client.db('admin').command({ listDatabases: 1 });
  throw new Error(`the runner does not know client.${name}`);
}

function clientModel(model: Document): Document {
  const [name = ''] = Object.keys(model);
  return { name, ...model[name] };
}

/** The driver's maps of results as documents. */
function bulkMaps(result: Document): Document {
  const plain: Document = {};
  for (const key of [
    'insertedCount',
    'upsertedCount',
    'matchedCount',
    'modifiedCount',
    'deletedCount',
    'acknowledged',
  ])
    plain[key] = result[key];
  for (const key of ['insertResults', 'updateResults', 'deleteResults']) {
    const value: unknown = result[key];
    plain[key] =
      value instanceof Map ? Object.fromEntries([...value].map(([at, item]) => [String(at), item])) : value;
  }
  return plain;
}

async function collectionOperation(collection: Collection, name: string, given: Arguments): Promise<unknown> {
  const { filter, update, replacement, document, documents, pipeline, requests, fieldName, ...options } =
    given;
  switch (name) {
    case 'find':
      return collection.find(filter, options).toArray();
    case 'findOne':
      return collection.findOne(filter, options);
    case 'insertOne':
      return collection.insertOne(document, options);
    case 'insertMany':
      return collection.insertMany(documents, options);
    case 'updateOne':
      return collection.updateOne(filter, update, options);
    case 'updateMany':
      return collection.updateMany(filter, update, options);
    case 'replaceOne':
      return collection.replaceOne(filter, replacement, options);
    case 'deleteOne':
      return collection.deleteOne(filter, options);
    case 'deleteMany':
      return collection.deleteMany(filter, options);
    case 'findOneAndDelete':
      return collection.findOneAndDelete(filter, options);
    case 'findOneAndReplace':
      return collection.findOneAndReplace(filter, replacement, returning(options));
    case 'findOneAndUpdate':
      return collection.findOneAndUpdate(filter, update, returning(options));
    case 'aggregate':
      return collection.aggregate(pipeline, options).toArray();
    case 'countDocuments':
      return collection.countDocuments(filter, options);
    case 'estimatedDocumentCount':
      return collection.estimatedDocumentCount(options);
    case 'count':
      return collection.countDocuments(filter, options);
    case 'distinct':
      return collection.distinct(fieldName, filter, options);
    case 'createIndex': {
      const { keys, ...more } = options;
      return collection.createIndex(keys, more);
    }
    case 'dropIndex':
      return collection.dropIndex(String(options['name']));
    case 'listIndexes':
      return collection.listIndexes().toArray();
    case 'bulkWrite': {
      const result = await collection.bulkWrite((requests as Document[]).map(bulkModel) as never, options);
      const {
        insertedCount,
        matchedCount,
        modifiedCount,
        deletedCount,
        upsertedCount,
        upsertedIds,
        insertedIds,
      } = result;
      return {
        insertedCount,
        matchedCount,
        modifiedCount,
        deletedCount,
        upsertedCount,
        upsertedIds,
        insertedIds,
      };
    }
    default:
      throw new Error(`the runner does not know collection.${name}`);
  }
}

function returning(options: Arguments): Arguments {
  const { returnDocument, ...rest } = options;
  return returnDocument === undefined
    ? rest
    : { ...rest, returnDocument: String(returnDocument).toLowerCase() };
}

function bulkModel(model: Document): Document {
  const [name = ''] = Object.keys(model);
  return { [name]: model[name] };
}
