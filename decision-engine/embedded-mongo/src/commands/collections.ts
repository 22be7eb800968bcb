import { readStages } from '../aggregate/pipeline.js';
import { show } from '../bson/show.js';
import { type Doc, docOf, isDoc, keysOf, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { integer, isNumeric, toNumber, truthy } from '../numeric/number.js';
import { textOrder } from '../order/collation.js';
import { compileFilter, filterOf } from '../query/compile-filter.js';
import { type Command, type CommandContext, docArgument, namespaceOf, reply } from './command.js';
import { checkSystemWrite } from './namespace-rules.js';
import { storageStatistics } from './statistics.js';

const CREATE_OPTIONS = [
  'capped',
  'size',
  'max',
  'validator',
  'validationLevel',
  'validationAction',
  'collation',
  'viewOn',
  'pipeline',
  'timeseries',
  'expireAfterSeconds',
  'clusteredIndex',
  'changeStreamPreAndPostImages',
];

export const create: Command = async (command, context) => {
  const ns = namespaceOf(command, 'create', context);
  const { catalog } = context;
  checkSystemWrite(ns);
  const options = docOf(
    CREATE_OPTIONS.filter((name) => command[name] !== undefined && command[name] !== null).map(
      (name) => [name, command[name]] as const,
    ),
  );
  if (command['encryptedFields'] !== undefined)
    throw new MongoError('InvalidOptions', 'encryptedFields collections are not supported by this server');
  checkCreate(options);
  if (
    catalog.view(ns) ||
    (catalog.collection(ns) && show(catalog.collection(ns)?.options) !== show(options))
  ) {
    throw new MongoError('NamespaceExists', `namespace ${ns} already exists, but with different options`);
  }
  await catalog.engine.write(() => {
    if (options['viewOn'] !== undefined) catalog.createView(ns, options);
    else if (!catalog.collection(ns)) catalog.create(ns, options);
  });
  return reply();
};

/** Normalises and checks `clusteredIndex` and `timeseries`. */
function checkSpecialKinds(options: Doc): void {
  const { clusteredIndex, timeseries, expireAfterSeconds } = options;
  if (expireAfterSeconds !== undefined && clusteredIndex === undefined && timeseries === undefined)
    throw new MongoError(
      'InvalidOptions',
      "'expireAfterSeconds' is only supported on time-series collections or when the 'clusteredIndex' option is specified",
    );
  if (clusteredIndex !== undefined) {
    const key = isDoc(clusteredIndex) ? clusteredIndex['key'] : undefined;
    if (!isDoc(clusteredIndex) || !isDoc(key) || show(key) !== '{ _id: 1 }')
      throw new MongoError('InvalidOptions', 'The clusteredIndex option is only supported for key: {_id: 1}');
    if (clusteredIndex['unique'] !== true)
      throw new MongoError('InvalidOptions', 'The clusteredIndex option must be unique: true');
    options['clusteredIndex'] = docOf([
      ['v', 2],
      ['key', key],
      ['name', clusteredIndex['name'] ?? '_id_'],
      ['unique', true],
    ]);
  }
  if (timeseries === undefined) return;
  if (!isDoc(timeseries) || typeof timeseries['timeField'] !== 'string')
    throw new MongoError(40414, "BSON field 'create.timeseries.timeField' is missing but a required field");
  for (const other of ['capped', 'viewOn', 'validator', 'clusteredIndex'])
    if (options[other] !== undefined)
      throw new MongoError('InvalidOptions', `'timeseries' is not allowed with '${other}'`);
  const granularity = timeseries['bucketMaxSpanSeconds'] === undefined ? 'seconds' : undefined;
  options['timeseries'] = docOf([
    ['timeField', timeseries['timeField']],
    ['metaField', timeseries['metaField']],
    ['granularity', timeseries['granularity'] ?? granularity],
    [
      'bucketMaxSpanSeconds',
      timeseries['bucketMaxSpanSeconds'] ?? SPANS[String(timeseries['granularity'])] ?? 3600,
    ],
  ]);
}

const SPANS: Readonly<Record<string, number>> = { seconds: 3600, minutes: 86_400, hours: 2_592_000 };

function checkCreate(options: Doc): void {
  const { capped, size, validator, viewOn, pipeline } = options;
  if (capped === true && !isNumeric(size))
    throw new MongoError('InvalidOptions', "the 'size' field is required when 'capped' is true");
  if (capped !== true && (size !== undefined || options['max'] !== undefined) && viewOn === undefined) {
    throw new MongoError(
      'InvalidOptions',
      "the 'capped' field needs to be true when either the 'size' or 'max' fields are present",
    );
  }
  if (validator !== undefined) {
    if (!isDoc(validator))
      throw new MongoError(
        'TypeMismatch',
        "BSON field 'create.validator' is the wrong type, expected type 'object'",
      );
    compileFilter(validator);
  }
  if (pipeline !== undefined && viewOn === undefined)
    throw new MongoError('InvalidOptions', "'pipeline' requires 'viewOn' to also be specified");
  if (viewOn !== undefined) readStages(pipeline ?? []);
  textOrder(options['collation']);
  checkSpecialKinds(options);
}

export const drop: Command = async (command, context) => {
  const ns = namespaceOf(command, 'drop', context);
  const { catalog } = context;
  const count = await catalog.engine.write(() => {
    const [collection, view] = [catalog.collection(ns), catalog.view(ns)];
    if (view) catalog.dropView(ns);
    if (collection) catalog.drop(collection);
    return collection ? collection.indexes.length : view ? 0 : undefined;
  });
  context.cursors.closeAll(ns);
  return count === undefined
    ? reply()
    : reply([
        ['nIndexesWas', count],
        ['ns', ns],
      ]);
};

export const dropDatabase: Command = async (_command, context) => {
  const { catalog, db } = context;
  const dropped = await catalog.engine.write(() => {
    const mine = (ns: string): boolean => ns.startsWith(`${db}.`);
    const collections = [...catalog.collections()].filter(({ ns }) => mine(ns));
    for (const collection of collections) catalog.drop(collection);
    for (const view of [...catalog.views()]) if (mine(view.ns)) catalog.dropView(view.ns);
    return collections;
  });
  for (const { ns } of dropped) context.cursors.closeAll(ns);
  return reply([['dropped', db]]);
};

export const renameCollection: Command = async (command, context) => {
  const [from, to] = [command['renameCollection'], command['to']];
  if (typeof from !== 'string' || typeof to !== 'string')
    throw new MongoError(
      'TypeMismatch',
      "BSON field 'renameCollection.to' is the wrong type, expected type 'string'",
    );
  const { catalog } = context;
  if (from === to) throw new MongoError('IllegalOperation', "Can't rename a collection to itself");
  checkSystemWrite(to);
  await catalog.engine.write(() => {
    const collection = catalog.collection(from);
    if (!collection) throw new MongoError('NamespaceNotFound', `Source collection ${from} does not exist`);
    const target = catalog.collection(to);
    if (target && !truthy(command['dropTarget']))
      throw new MongoError('NamespaceExists', 'target namespace exists');
    if (target) catalog.drop(target);
    catalog.rename(collection, to);
  });
  context.cursors.closeAll(from);
  return reply();
};

const INDEX_CHANGES = new Set(['name', 'keyPattern', 'expireAfterSeconds', 'hidden']);

export const collMod: Command = async (command, context) => {
  const ns = namespaceOf(command, 'collMod', context);
  const { catalog } = context;
  const [collection, view] = [catalog.collection(ns), catalog.view(ns)];
  if (!collection && !view) throw new MongoError('NamespaceNotFound', 'ns does not exist');
  const changes: [string, Value][] = [];
  for (const name of keysOf(command)) {
    const value = command[name] ?? null;
    if (CREATE_OPTIONS.includes(name)) changes.push([name, value]);
  }
  const validator = docArgument(command, 'validator');
  if (validator) compileFilter(validator);
  const index = docArgument(command, 'index');
  for (const name of index ? keysOf(index) : []) {
    if (!INDEX_CHANGES.has(name))
      throw new MongoError('InvalidOptions', `collMod of an index cannot change '${name}' on this server`);
  }
  await catalog.engine.write(() => {
    if (view) {
      catalog.createView(
        ns,
        docOf([...keysOf(view.options).map((key) => [key, view.options[key]] as const), ...changes]),
      );
      return;
    }
    if (!collection) return;
    const kept = keysOf(collection.options).map((key) => [key, collection.options[key]] as const);
    collection.options = docOf([...kept, ...changes]);
    if (index) catalog.changeIndex(collection, index);
    catalog.save(collection);
  });
  return reply();
};

export const listCollections: Command = (command, context) => {
  const { catalog, db } = context;
  const nameOnly = truthy(command['nameOnly']);
  const matcher = compileFilter(filterOf(command['filter'] ?? undefined, 'filter') ?? docOf([]));
  const infos: Doc[] = [];
  const mine = (ns: string): string | undefined =>
    ns.startsWith(`${db}.`) ? ns.slice(db.length + 1) : undefined;
  for (const collection of catalog.collections()) {
    const name = mine(collection.ns);
    if (name !== undefined) {
      const info: Value = docOf([
        ['readOnly', false],
        ['uuid', collection.uuid],
      ]);
      infos.push(
        docOf([
          ['name', name],
          ['type', collection.options['timeseries'] === undefined ? 'collection' : 'timeseries'],
          ['options', collection.options],
          ['info', info],
          ['idIndex', collection.idIndex.spec.options],
        ]),
      );
    }
  }
  for (const view of catalog.views()) {
    const name = mine(view.ns);
    if (name !== undefined)
      infos.push(
        docOf([
          ['name', name],
          ['type', 'view'],
          ['options', view.options],
          ['info', docOf([['readOnly', true]])],
        ]),
      );
  }
  const firstBatch = infos
    .filter((info) => matcher.test(info))
    .map((info) =>
      nameOnly
        ? docOf([
            ['name', info['name']],
            ['type', info['type']],
          ])
        : info,
    );
  return reply([
    [
      'cursor',
      docOf([
        ['id', 0n],
        ['ns', `${db}.$cmd.listCollections`],
        ['firstBatch', firstBatch],
      ]),
    ],
  ]);
};

export const listDatabases: Command = (command, context) => {
  const sizes = new Map<string, number>();
  for (const { ns, counters } of context.catalog.collections()) {
    const name = ns.slice(0, ns.indexOf('.'));
    sizes.set(name, (sizes.get(name) ?? 0) + counters.bytes);
  }
  const matcher = compileFilter(filterOf(command['filter'] ?? undefined, 'filter') ?? docOf([]));
  const all = [...sizes].sort().map(([name, size]) =>
    docOf([
      ['name', name],
      ['sizeOnDisk', BigInt(Math.max(size, 1))],
      ['empty', false],
    ]),
  );
  const databases = all.filter((info) => matcher.test(info));
  if (truthy(command['nameOnly']))
    return reply([['databases', databases.map((info) => docOf([['name', info['name']]]))]]);
  const total = [...sizes.values()].reduce((sum, size) => sum + size, 0);
  return reply([
    ['databases', databases],
    ['totalSize', integer(total)],
    ['totalSizeMb', integer(Math.floor(total / 1048576))],
  ]);
};

export const collStats: Command = (command, context) => {
  const ns = namespaceOf(command, command['collStats'] === undefined ? 'collstats' : 'collStats', context);
  const stats = storageStatistics(context.catalog.collection(ns));
  return reply([['ns', ns], ...keysOf(stats).map((key) => [key, stats[key]] as const), ['scaleFactor', 1]]);
};

export const dbStats: Command = (command, context) => {
  const mine = databaseCollections(context);
  const sum = (pick: (collection: (typeof mine)[number]) => number): number =>
    mine.reduce((total, collection) => total + pick(collection), 0);
  const [objects, bytes] = [sum(({ counters }) => counters.count), sum(({ counters }) => counters.bytes)];
  const scale = isNumeric(command['scale']) ? toNumber(command['scale']) : 1;
  return reply([
    ['db', context.db],
    ['collections', mine.length],
    ['views', [...context.catalog.views()].filter(({ ns }) => ns.startsWith(`${context.db}.`)).length],
    ['objects', integer(objects)],
    ['avgObjSize', objects === 0 ? 0 : integer(Math.floor(bytes / objects))],
    ['dataSize', integer(Math.floor(bytes / scale))],
    ['storageSize', integer(Math.floor(bytes / scale))],
    ['indexes', integer(sum(({ indexes }) => indexes.length))],
    ['indexSize', 0],
    ['totalSize', integer(Math.floor(bytes / scale))],
    ['scaleFactor', integer(scale)],
  ]);
};

function databaseCollections({ catalog, db }: CommandContext) {
  return [...catalog.collections()].filter(({ ns }) => ns.startsWith(`${db}.`));
}
