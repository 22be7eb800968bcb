import {
  type CommandStartedEvent,
  type Document,
  MongoBulkWriteError,
  MongoClient,
  MongoServerError,
  MongoWriteConcernError,
} from 'mongodb';
import { mismatch } from './match.js';
import { runOperation } from './run-operation.js';
import type { CollectionData, Operation, UnifiedFile, UnifiedTest } from './test-file.js';

/** Runs one test against a server. @throws Error that says what differs. */
export async function runUnifiedTest(file: UnifiedFile, test: UnifiedTest, uri: string): Promise<void> {
  const internal = await MongoClient.connect(uri);
  const entities = new Map<string, unknown>();
  const events = new Map<string, CommandStartedEvent[]>();
  try {
    await setUp(file.initialData ?? [], internal);
    await createEntities(file.createEntities ?? [], uri, { entities, events });
    for (const operation of test.operations) await runAndCheck(operation, entities, internal);
    checkEvents(test, events, entities);
    for (const data of test.outcome ?? []) await checkOutcome(data, internal);
  } finally {
    await internal.db('admin').command({ configureFailPoint: 'failCommand', mode: 'off' });
    for (const entity of entities.values()) if (entity instanceof MongoClient) await entity.close();
    await internal.close();
  }
}

/** Empties the databases of a file, so that what an earlier file left is not taken for its own. */
export async function clearDatabases(file: UnifiedFile, uri: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  for (const { database } of file.createEntities ?? []) {
    if (database && database.databaseName !== 'admin') await client.db(database.databaseName).dropDatabase();
  }
  await client.close();
}

async function setUp(data: readonly CollectionData[], internal: MongoClient): Promise<void> {
  for (const { databaseName, collectionName, documents, createOptions } of data) {
    const db = internal.db(databaseName);
    await db.collection(collectionName).drop();
    await db.createCollection(collectionName, createOptions);
    if (documents.length > 0)
      await db.collection(collectionName).insertMany(documents, { writeConcern: { w: 'majority' } });
  }
}

async function createEntities(
  list: readonly Document[],
  uri: string,
  { entities, events }: { entities: Map<string, unknown>; events: Map<string, CommandStartedEvent[]> },
): Promise<void> {
  for (const entity of list) {
    const { client, database, collection } = entity;
    if (client) {
      const made = new MongoClient(uri, { monitorCommands: true, ...client.uriOptions });
      const seen: CommandStartedEvent[] = [];
      const ignored = [
        'configureFailPoint',
        'hello',
        'ismaster',
        ...(client.ignoreCommandMonitoringEvents ?? []),
      ];
      made.on('commandStarted', (event) => {
        if (!ignored.includes(event.commandName)) seen.push(event);
      });
      await made.connect();
      entities.set(client.id, made);
      if (client.observeEvents?.includes('commandStartedEvent')) events.set(client.id, seen);
    } else if (database) {
      const parent = entities.get(database.client) as MongoClient;
      entities.set(database.id, parent.db(database.databaseName, database.databaseOptions));
    } else if (collection) {
      const parent = entities.get(collection.database) as ReturnType<MongoClient['db']>;
      entities.set(collection.id, parent.collection(collection.collectionName, collection.collectionOptions));
    } else if (entity['session']) {
      const parent = entities.get(entity['session'].client) as MongoClient;
      entities.set(entity['session'].id, parent.startSession(entity['session'].sessionOptions));
    }
  }
}

async function runAndCheck(
  operation: Operation,
  entities: Map<string, unknown>,
  internal: MongoClient,
): Promise<void> {
  const outcome = await attempt(operation, entities, internal);
  if (operation.ignoreResultAndError) return;
  if (operation.expectError) {
    if (!('fault' in outcome)) throw new Error(`${operation.name}: expected an error`);
    checkError(operation, outcome.fault, entities);
    return;
  }
  if ('fault' in outcome) throw outcome.fault;
  if (operation.saveResultAsEntity) entities.set(operation.saveResultAsEntity, outcome.value);
  if (operation.expectResult === undefined) return;
  const wrong = mismatch(operation.expectResult, outcome.value, { entities, path: operation.name });
  if (wrong !== undefined) throw new Error(wrong);
}

async function attempt(
  operation: Operation,
  entities: Map<string, unknown>,
  internal: MongoClient,
): Promise<{ value: unknown } | { fault: unknown }> {
  try {
    return { value: await runOperation(operation, entities, internal) };
  } catch (fault) {
    return { fault };
  }
}

function checkError(operation: Operation, fault: unknown, entities: Map<string, unknown>): void {
  const expected = operation.expectError ?? {};
  if (!(fault instanceof Error)) throw fault;
  const server =
    fault instanceof MongoServerError ||
    fault instanceof MongoBulkWriteError ||
    fault instanceof MongoWriteConcernError;
  if (expected['isClientError'] !== undefined && expected['isClientError'] === server) {
    throw new Error(
      `${operation.name}: expected ${server ? 'the driver' : 'the server'} to refuse, got: ${fault.message}`,
    );
  }
  const { code, codeName } = fault as MongoServerError;
  if (expected['errorCode'] !== undefined && expected['errorCode'] !== code)
    throw new Error(
      `${operation.name}: expected code ${expected['errorCode']}, got ${code}: ${fault.message}`,
    );
  if (expected['errorCodeName'] !== undefined && expected['errorCodeName'] !== codeName)
    throw new Error(`${operation.name}: expected ${expected['errorCodeName']}, got ${codeName}`);
  const contains: string | undefined = expected['errorContains'];
  if (contains !== undefined && !fault.message.toLowerCase().includes(contains.toLowerCase())) {
    throw new Error(`${operation.name}: expected an error with "${contains}", got: ${fault.message}`);
  }
  if (expected['errorResponse'] !== undefined) {
    const wrong = mismatch(expected['errorResponse'], (fault as MongoServerError).errorResponse, {
      entities,
      path: 'errorResponse',
    });
    if (wrong !== undefined) throw new Error(wrong);
  }
  if (expected['expectResult'] !== undefined) {
    const result =
      fault instanceof MongoBulkWriteError ? fault.result : (fault as unknown as Document)['partialResult'];
    const wrong = mismatch(expected['expectResult'], bulkResult(result), {
      entities,
      path: 'result of the error',
    });
    if (wrong !== undefined) throw new Error(wrong);
  }
}

function bulkResult(result: Document | undefined): unknown {
  if (!result) return undefined;
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

function checkEvents(
  test: UnifiedTest,
  events: Map<string, CommandStartedEvent[]>,
  entities: Map<string, unknown>,
): void {
  for (const expectation of test.expectEvents ?? []) {
    const seen = events.get(expectation['client']) ?? [];
    const wanted: Document[] = expectation['events'].filter(
      (event: Document) => event['commandStartedEvent'],
    );
    const exact = expectation['ignoreExtraEvents'] !== true;
    if (exact && wanted.length !== seen.length) {
      throw new Error(
        `expected ${wanted.length} commands, got ${seen.map((event) => event.commandName).join(', ') || 'none'}`,
      );
    }
    for (const [i, event] of wanted.entries()) {
      const { command, databaseName, commandName } = event['commandStartedEvent'];
      const wrong =
        (command && mismatch(command, seen[i]?.command, { entities, path: `command ${i}` })) ??
        (databaseName && mismatch(databaseName, seen[i]?.databaseName, { entities })) ??
        (commandName && mismatch(commandName, seen[i]?.commandName, { entities }));
      if (wrong !== undefined && wrong !== null && wrong !== '') throw new Error(wrong);
    }
  }
}

async function checkOutcome(
  { databaseName, collectionName, documents }: CollectionData,
  internal: MongoClient,
): Promise<void> {
  const found = await internal.db(databaseName).collection(collectionName).find().sort({ _id: 1 }).toArray();
  const wrong = mismatch(documents, found, { entities: new Map(), root: false, path: 'outcome' });
  if (wrong !== undefined) throw new Error(wrong);
}
