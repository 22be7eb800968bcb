import { show } from '../bson/show.js';
import { type Doc, docOf, isDoc, keysOf, type Maybe, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { sameCollation, textOrder } from '../order/collation.js';
import { compileFilter } from '../query/compile-filter.js';
import { typeOf } from '../query/type-names.js';
import type { Collection } from '../storage/collection.js';
import type { Index } from '../storage/index.js';
import { pluginOf } from '../storage/index-spec.js';
import { LANGUAGES } from '../text/tokens.js';
import { buildIndex } from './build-index.js';
import { type Command, docsArgument, namespaceOf, reply } from './command.js';
import { keyText } from './read-request.js';

const OPTIONS = new Set([
  'key',
  'name',
  'unique',
  'sparse',
  'hidden',
  'partialFilterExpression',
  'expireAfterSeconds',
  'collation',
  'background',
  'v',
  'ns',
  'dropDups',
  'storageEngine',
  'weights',
  'default_language',
  'language_override',
  'textIndexVersion',
  '2dsphereIndexVersion',
  'bits',
  'min',
  'max',
  'wildcardProjection',
  'clustered',
]);

export const createIndexes: Command = async (command, context) => {
  const ns = namespaceOf(command, 'createIndexes', context);
  const specs = docsArgument(command, 'indexes').map((spec) => checkedSpec(spec));
  if (specs.length === 0) throw new MongoError('BadValue', 'Must specify at least one index to create');
  const { catalog } = context;
  const created = catalog.collection(ns) === undefined;
  const before = catalog.collection(ns)?.indexes.length ?? 1;
  const collection = await catalog.engine.write(() => catalog.ensure(ns));
  for (const source of specs) {
    const spec = withDefaults(source, collection);
    await buildIndex({ collection, spec, catalog, exists: () => exists(collection, spec) });
  }
  const after = collection.indexes.length;
  return reply([
    ['numIndexesBefore', before],
    ['numIndexesAfter', after],
    ['createdCollectionAutomatically', created],
    ['note', after === before ? 'all indexes already exist' : undefined],
  ]);
};

/** @throws MongoError CannotCreateIndex (67), InvalidIndexSpecificationOption (197) and others for a bad definition. */
function checkedSpec(source: Doc): Doc {
  const key = source['key'];
  if (!isDoc(key))
    throw new MongoError('FailedToParse', "The 'key' field is a required property of an index specification");
  if (keysOf(key).length === 0)
    throw new MongoError('CannotCreateIndex', 'Index keys cannot be an empty object');
  if (keysOf(key).length > 32) throw new MongoError(13103, 'too many compound keys');
  for (const path of keysOf(key)) checkKey(path, key[path]);
  if (typeof source['name'] !== 'string')
    throw new MongoError(
      'FailedToParse',
      "The 'name' field is a required property of an index specification",
    );
  if (source['name'] === '' || source['name'] === '*')
    throw new MongoError('BadValue', `The index name '${source['name']}' is not valid`);
  for (const option of keysOf(source)) {
    if (!OPTIONS.has(option))
      throw new MongoError(
        197,
        `The field '${option}' is not valid for an index specification. Specification: ${show(source)}`,
      );
  }
  checkOptions(source, key);
  return source;
}

const PLUGINS = new Set(['hashed', 'text', '2d', '2dsphere']);

function checkKey(path: string, direction: Maybe): void {
  if (path === '') throw new MongoError('CannotCreateIndex', 'Index keys cannot be an empty field.');
  if (path.split('.').some((part) => part === ''))
    throw new MongoError('CannotCreateIndex', `Index key contains an empty field name: ${path}`);
  if (path === '$**' || path.endsWith('.$**')) return;
  if (path.split('.').some((part) => part.startsWith('$') && !['$id', '$ref', '$db'].includes(part))) {
    throw new MongoError(
      'CannotCreateIndex',
      `Index key contains an illegal field name: field name starts with '$'.`,
    );
  }
  if (isNumeric(direction)) {
    const number = toNumber(direction);
    if (number === 0 || Number.isNaN(number))
      throw new MongoError('CannotCreateIndex', `Values in the index key pattern cannot be 0: ${path}`);
    return;
  }
  if (typeof direction === 'string') {
    if (PLUGINS.has(direction)) return;
    throw new MongoError('CannotCreateIndex', `Unknown index plugin '${direction}'`);
  }
  throw new MongoError(
    'CannotCreateIndex',
    `Values in v:2 index key pattern cannot be of type ${typeOf(direction)}. Only numbers > 0, numbers < 0, and strings are allowed.`,
  );
}

function checkOptions(source: Doc, key: Doc): void {
  const expire = source['expireAfterSeconds'];
  if (expire !== undefined) {
    if (!isNumeric(expire))
      throw new MongoError(
        'CannotCreateIndex',
        `TTL index 'expireAfterSeconds' option must be numeric, but received a type of '${typeOf(expire)}'`,
      );
    if (toNumber(expire) < 0)
      throw new MongoError(
        'CannotCreateIndex',
        "TTL index 'expireAfterSeconds' option cannot be less than 0",
      );
    if (keysOf(key).length > 1)
      throw new MongoError(
        'CannotCreateIndex',
        'TTL indexes are single-field indexes, compound indexes do not support TTL',
      );
    if (keysOf(key)[0] === '_id')
      throw new MongoError('CannotCreateIndex', 'TTL indexes cannot be on the _id field');
  }
  const filter = source['partialFilterExpression'];
  if (filter !== undefined) {
    if (!isDoc(filter))
      throw new MongoError('TypeMismatch', "The field 'partialFilterExpression' must be an object");
    if (source['sparse'] === true)
      throw new MongoError('CannotCreateIndex', 'cannot mix "partialFilterExpression" and "sparse" options');
    compileFilter(filter);
  }
  const plugin = pluginOf(key);
  if (plugin && source['unique'] === true)
    throw new MongoError('CannotCreateIndex', `Index type '${plugin}' does not support the unique option`);
  if (source['unique'] === true && keysOf(key).some((path) => key[path] === 'hashed')) {
    throw new MongoError(16764, 'Currently hashed indexes cannot guarantee uniqueness. Use a regular index.');
  }
  textOrder(source['collation']);
}

function withDefaults(spec: Doc, collection: Collection): Doc {
  const result = docOf([['v', 2], ['key', spec['key']], ['name', spec['name']], ...pluginDefaults(spec)]);
  for (const option of keysOf(spec)) {
    if (['v', 'key', 'name', 'ns', 'background', 'dropDups', 'weights'].includes(option)) continue;
    if (
      (option === 'unique' || option === 'sparse' || option === 'hidden') &&
      spec[option] !== true &&
      spec[option] !== 1
    )
      continue;
    result[option] = option === 'unique' || option === 'sparse' || option === 'hidden' ? true : spec[option];
  }
  const collation = spec['collation'] ?? collection.options['collation'];
  if (isDoc(collation) && collation['locale'] !== 'simple') result['collation'] = collation;
  else delete result['collation'];
  return result;
}

function checkLanguage(language: Maybe): void {
  if (language === undefined || (typeof language === 'string' && LANGUAGES.has(language.toLowerCase())))
    return;
  throw new MongoError(
    'CannotCreateIndex',
    `default_language is not valid: this server knows english and none, got ${show(language)}`,
  );
}

/** What MongoDB adds to the definition of a text or geospatial index. */
function pluginDefaults(spec: Doc): [string, Value][] {
  const key = spec['key'];
  if (!isDoc(key)) return [];
  const plugin = pluginOf(key);
  if (plugin === '2dsphere') return [['2dsphereIndexVersion', 3]];
  if (plugin !== 'text') return [];
  checkLanguage(spec['default_language']);
  const weights = docOf(isDoc(spec['weights']) ? Object.entries(spec['weights']) : []);
  const texts = keysOf(key).filter((path) => key[path] === 'text');
  for (const path of texts) if (path !== '_fts' && weights[path] === undefined) setKey(weights, path, 1);
  const stored = docOf([
    ...keysOf(key).flatMap((path): [string, Maybe][] =>
      key[path] !== 'text'
        ? [[path, key[path]]]
        : path === texts[0]
          ? [
              ['_fts', 'text'],
              ['_ftsx', 1],
            ]
          : [],
    ),
  ]);
  return [
    ['key', stored],
    [
      'weights',
      docOf(
        keysOf(weights)
          .sort()
          .map((path) => [path, weights[path]] as const),
      ),
    ],
    ['default_language', spec['default_language'] ?? 'english'],
    ['language_override', spec['language_override'] ?? 'language'],
    ['textIndexVersion', 3],
  ];
}

/** Whether the index is there already. @throws MongoError 85, 86 when one like it is there with other options. */
function exists(collection: Collection, spec: Doc): boolean {
  const [key, name] = [keyText(spec['key'] as Doc), spec['name']];
  if (key === '_id:1') return true;
  const signature = (options: Doc): string =>
    show(
      docOf(
        ['unique', 'sparse', 'partialFilterExpression', 'expireAfterSeconds', 'weights'].map(
          (option) => [option, options[option]] as const,
        ),
      ),
    );
  const named = collection.indexes.find((index) => index.spec.name === name);
  const same = collection.indexes.find(
    (index) =>
      keyText(index.spec.key) === key &&
      sameCollation(index.spec.collation, spec['collation'] as Doc | undefined) &&
      show(index.spec.partialFilter) === show(spec['partialFilterExpression']),
  );
  if (named && named !== same) {
    throw new MongoError(
      'IndexKeySpecsConflict',
      `An existing index has the same name as the requested index. When index names are not specified, they are auto generated and can cause conflicts. Please refer to our documentation. Requested index: ${show(spec)}, existing index: ${show(named.spec.options)}`,
    );
  }
  if (!same) {
    const [text] = collection.indexes.filter((index) => index.spec.plugin === 'text');
    if (text && isDoc(spec['weights']))
      throw new MongoError(
        'CannotCreateIndex',
        `only one text index per collection allowed, found existing text index "${text.spec.name}"`,
      );
    return false;
  }
  if (signature(same.spec.options) !== signature(spec)) {
    throw new MongoError(
      'IndexOptionsConflict',
      `An equivalent index already exists with the same name but different options. Requested index: ${show(spec)}, existing index: ${show(same.spec.options)}`,
    );
  }
  if (!named) {
    throw new MongoError(
      'IndexOptionsConflict',
      `Index already exists with a different name: ${same.spec.name}`,
    );
  }
  return true;
}

export const listIndexes: Command = (command, context) => {
  const ns = namespaceOf(command, 'listIndexes', context);
  const collection = context.catalog.collection(ns);
  if (context.catalog.view(ns))
    throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
  if (!collection) throw new MongoError('NamespaceNotFound', `ns does not exist: ${ns}`);
  const firstBatch: Value[] = collection.indexes.map(({ spec }) => spec.options);
  return reply([
    [
      'cursor',
      docOf([
        ['firstBatch', firstBatch],
        ['id', 0n],
        ['ns', ns],
      ]),
    ],
  ]);
};

export const dropIndexes: Command = async (command, context) => {
  const ns = namespaceOf(
    command,
    command['dropIndexes'] === undefined ? 'deleteIndexes' : 'dropIndexes',
    context,
  );
  const { catalog } = context;
  const collection = catalog.collection(ns);
  if (!collection) throw new MongoError('NamespaceNotFound', 'ns not found');
  const before = collection.indexes.length;
  const wanted = command['index'];
  const doomed = (Array.isArray(wanted) ? wanted : [wanted]).flatMap((item) =>
    namedIndexes(collection, item),
  );
  await catalog.engine.write(() => {
    for (const index of doomed) catalog.dropIndex(collection, index);
  });
  return reply([['nIndexesWas', before]]);
};

function namedIndexes(collection: Collection, wanted: Maybe): Index[] {
  const [id, ...others] = collection.indexes;
  if (wanted === '*') return others;
  const found = collection.indexes.find(({ spec }) =>
    isDoc(wanted) ? keyText(spec.key) === keyText(wanted) : spec.name === wanted,
  );
  if (!found)
    throw new MongoError(
      'IndexNotFound',
      isDoc(wanted)
        ? `can't find index with key: ${show(wanted)}`
        : `index not found with name [${String(wanted)}]`,
    );
  if (found === id) throw new MongoError('InvalidOptions', 'cannot drop _id index');
  return [found];
}
