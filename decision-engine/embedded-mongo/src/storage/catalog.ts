import { randomBytes } from 'node:crypto';
import { Binary } from 'bson';
import { decodeDoc } from '../bson/decode.js';
import { encodeDoc } from '../bson/encode.js';
import { show } from '../bson/show.js';
import { copyDoc, type Doc, docOf, isDoc, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber } from '../numeric/number.js';
import { Collection } from './collection.js';
import { Engine } from './engine.js';
import { Index } from './index.js';
import { idIndexOptions, readSpec } from './index-spec.js';
import { spaceKey } from './keys.js';

/** A read-only pipeline over another collection. */
export interface View {
  readonly ns: string;
  readonly options: Doc;
}

const SEQUENCE = Buffer.from('sequence');
const DROP_STEP = 2000;

/** All namespaces of a folder, in memory and in LMDB. Changing methods need a transaction. */
export class Catalog {
  readonly engine: Engine;
  private byName = new Map<string, Collection>();
  private viewsByName = new Map<string, View>();
  private sequence = 1;
  private garbage: { database: 'docs' | 'keys'; space: number }[] = [];
  private sweeping: Promise<void> | undefined;
  private closing = false;

  constructor(dataDir: string) {
    this.engine = Engine.open(dataDir, {
      beforeCommit: () => this.writeCounters(),
      afterFailure: () => this.load(),
    });
    this.load();
    this.sweep();
  }

  collection(ns: string): Collection | undefined {
    return this.byName.get(ns);
  }

  view(ns: string): View | undefined {
    return this.viewsByName.get(ns);
  }

  collections(): IterableIterator<Collection> {
    return this.byName.values();
  }

  views(): IterableIterator<View> {
    return this.viewsByName.values();
  }

  /** The collection, made on the first write. @throws MongoError for a bad name or a view. */
  ensure(ns: string): Collection {
    const found = this.byName.get(ns);
    if (found) return found;
    if (this.viewsByName.has(ns))
      throw new MongoError('CommandNotSupportedOnView', `Namespace ${ns} is a view, not a collection`);
    return this.create(ns, docOf([]));
  }

  create(ns: string, options: Doc): Collection {
    checkNamespace(ns);
    const uuid = new Binary(uuidBytes(), Binary.SUBTYPE_UUID);
    const collection = new Collection(this.engine, {
      space: this.nextSpace(),
      ns,
      options,
      uuid,
      counters: { count: 0, bytes: 0 },
    });
    const id = idIndexOptions(options);
    if (options['collation'] !== undefined) id['collation'] = options['collation'];
    this.byName.set(ns, collection);
    collection.indexes.push(
      new Index(this.engine, {
        space: this.nextSpace(),
        spec: readSpec(id),
        state: { arrays: 0, cut: false },
      }),
    );
    collection.dirty = true;
    this.save(collection);
    return collection;
  }

  createView(ns: string, options: Doc): void {
    checkNamespace(ns);
    this.viewsByName.set(ns, { ns, options });
    this.engine.meta.putSync(key('view', ns), encodeDoc(options));
  }

  drop(collection: Collection): void {
    collection.dropped = true;
    this.byName.delete(collection.ns);
    this.engine.meta.removeSync(key('collection', String(collection.space)));
    this.engine.meta.removeSync(key('counters', String(collection.space)));
    this.discard('docs', collection.space);
    for (const index of collection.indexes) this.discard('keys', index.space);
    if (collection.building) this.discard('keys', collection.building.space);
  }

  dropView(ns: string): void {
    this.viewsByName.delete(ns);
    this.engine.meta.removeSync(key('view', ns));
  }

  rename(collection: Collection, ns: string): void {
    checkNamespace(ns);
    this.byName.delete(collection.ns);
    collection.ns = ns;
    this.byName.set(ns, collection);
    this.save(collection);
  }

  /** Adds an empty index; the caller fills it. */
  addIndex(collection: Collection, options: Doc): Index {
    const index = new Index(this.engine, {
      space: this.nextSpace(),
      spec: readSpec(options),
      state: { arrays: 0, cut: false },
    });
    collection.indexes.push(index);
    this.save(collection);
    return index;
  }

  /** Begins an index that is filled in several transactions; what a crash leaves of it is garbage. */
  beginIndex(collection: Collection, options: Doc): Index {
    const space = this.nextSpace();
    const index = new Index(this.engine, {
      space,
      spec: readSpec(options),
      state: { arrays: 0, cut: false },
    });
    this.engine.meta.putSync(key('garbage', `keys/${space}`), Buffer.alloc(0));
    collection.building = index;
    return index;
  }

  /** Puts the index that was built to use. */
  finishIndex(collection: Collection, index: Index): void {
    this.engine.meta.removeSync(key('garbage', `keys/${index.space}`));
    collection.building = undefined;
    collection.indexes.push(index);
    this.save(collection);
  }

  /** Gives up an index that was being built. */
  abandonIndex(collection: Collection, index: Index): void {
    if (collection.building === index) collection.building = undefined;
    this.discard('keys', index.space);
  }

  dropIndex(collection: Collection, index: Index): void {
    collection.indexes = collection.indexes.filter((other) => other !== index);
    this.discard('keys', index.space);
    this.save(collection);
  }

  /** `collMod` of an index: its time to live, or whether it is hidden. @throws MongoError IndexNotFound (27) */
  changeIndex(collection: Collection, change: Doc): void {
    const at = collection.indexes.findIndex(
      ({ spec }) => spec.name === change['name'] || show(spec.key) === show(change['keyPattern']),
    );
    const index = collection.indexes[at];
    if (!index)
      throw new MongoError('IndexNotFound', `cannot find index ${show(change)} for ns ${collection.ns}`);
    const options = copyDoc(index.spec.options);
    for (const name of ['expireAfterSeconds', 'hidden'])
      if (change[name] !== undefined) setKey(options, name, change[name]);
    collection.indexes[at] = new Index(this.engine, {
      space: index.space,
      spec: readSpec(options),
      state: index.state,
    });
  }

  /** Writes the definition of a collection (options, indexes and their state). */
  save(collection: Collection): void {
    const definition = docOf([
      ['ns', collection.ns],
      ['options', collection.options],
      ['uuid', collection.uuid],
      ['indexes', collection.indexes.map((index) => saved(index))],
    ]);
    this.engine.meta.putSync(key('collection', String(collection.space)), encodeDoc(definition));
  }

  private nextSpace(): number {
    const space = this.sequence++;
    this.engine.meta.putSync(SEQUENCE, Buffer.from(String(this.sequence)));
    return space;
  }

  private writeCounters(): void {
    for (const collection of this.byName.values()) {
      if (!collection.dirty) continue;
      collection.dirty = false;
      const bytes = Buffer.allocUnsafe(16);
      bytes.writeDoubleBE(collection.counters.count, 0);
      bytes.writeDoubleBE(collection.counters.bytes, 8);
      this.engine.meta.putSync(key('counters', String(collection.space)), bytes);
      for (const index of collection.indexes) {
        if (index.state.arrays !== index.saved.arrays || index.state.cut !== index.saved.cut) {
          index.saved = { ...index.state };
          this.save(collection);
        }
      }
    }
  }

  private load(): void {
    const { meta } = this.engine;
    this.byName = new Map();
    this.viewsByName = new Map();
    this.garbage = [];
    this.sequence = Number(meta.get(SEQUENCE)?.toString() ?? '1');
    for (const { key: name, value } of meta.getRange({})) {
      const [kind, id = ''] = splitKey(name);
      if (kind === 'collection') this.loadCollection(Number(id), decodeDoc(value));
      else if (kind === 'view') this.viewsByName.set(id, { ns: id, options: decodeDoc(value) });
      else if (kind === 'garbage') this.loadGarbage(id);
    }
  }

  private loadCollection(space: number, definition: Doc): void {
    const counters = this.engine.meta.get(key('counters', String(space)));
    const ns = String(definition['ns']);
    const collection = new Collection(this.engine, {
      space,
      ns,
      options: definition['options'] as Doc,
      uuid: definition['uuid'] as Binary,
      counters: { count: counters?.readDoubleBE(0) ?? 0, bytes: counters?.readDoubleBE(8) ?? 0 },
    });
    for (const entry of definition['indexes'] as Value[]) {
      if (!isDoc(entry)) continue;
      const spaceOf = entry['space'];
      const state = { arrays: Number(entry['arrays'] ?? 0), cut: entry['cut'] === true };
      const number = isNumeric(spaceOf) ? toNumber(spaceOf) : 0;
      collection.indexes.push(
        new Index(this.engine, { space: number, spec: readSpec(entry['options'] as Doc), state }),
      );
    }
    this.byName.set(ns, collection);
  }

  private loadGarbage(id: string): void {
    const [database, space] = id.split('/');
    if (database === 'docs' || database === 'keys') this.garbage.push({ database, space: Number(space) });
  }

  private discard(database: 'docs' | 'keys', space: number): void {
    this.engine.meta.putSync(key('garbage', `${database}/${space}`), Buffer.alloc(0));
    this.garbage.push({ database, space });
    this.sweep();
  }

  /** Removes what dropped collections and indexes left, in small transactions. */
  private sweep(): void {
    if (this.sweeping || this.garbage.length === 0) return;
    this.sweeping = this.sweepAll().finally(() => {
      this.sweeping = undefined;
    });
    this.sweeping.catch(() => undefined);
  }

  private async sweepAll(): Promise<void> {
    for (let next = this.garbage[0]; next && !this.closing; next = this.garbage[0]) {
      const { database, space } = next;
      await this.engine.write(() => {
        const store = this.engine[database];
        const range = { start: spaceKey(space), end: spaceKey(space + 1), limit: DROP_STEP };
        const keys = [...store.getKeys(range)].map((name) => Buffer.from(name));
        for (const name of keys) store.removeSync(name);
        if (keys.length < DROP_STEP) {
          this.engine.meta.removeSync(key('garbage', `${database}/${space}`));
          this.garbage = this.garbage.filter((item) => item.database !== database || item.space !== space);
        }
      });
    }
  }

  async close(): Promise<void> {
    this.closing = true;
    await this.sweeping?.catch(() => undefined);
    await this.engine.close();
  }
}

function saved(index: Index): Doc {
  index.saved = { ...index.state };
  return docOf([
    ['space', index.space],
    ['options', index.spec.options],
    ['arrays', index.state.arrays],
    ['cut', index.state.cut],
  ]);
}

function key(kind: string, id: string): Buffer {
  return Buffer.from(`${kind}:${id}`);
}

function splitKey(name: Buffer): [string, string?] {
  const text = name.toString();
  const colon = text.indexOf(':');
  return colon < 0 ? [text] : [text.slice(0, colon), text.slice(colon + 1)];
}

function uuidBytes(): Buffer {
  const bytes = randomBytes(16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x40;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes;
}

/** @throws MongoError InvalidNamespace (73) */
export function checkNamespace(ns: string): void {
  const dot = ns.indexOf('.');
  const database = dot < 0 ? ns : ns.slice(0, dot);
  const name = dot < 0 ? '' : ns.slice(dot + 1);
  if (
    name === '' ||
    name.startsWith('.') ||
    name.endsWith('.') ||
    name.includes('\u0000') ||
    name.includes('$')
  ) {
    throw new MongoError('InvalidNamespace', `Invalid collection name: ${name}`);
  }
  checkDatabaseName(database);
  if (Buffer.byteLength(ns) > 255) {
    throw new MongoError(
      'InvalidNamespace',
      `Fully qualified namespace is too long. Namespace: ${ns} Max: 255`,
    );
  }
}

/** @throws MongoError InvalidNamespace (73) */
export function checkDatabaseName(name: string): void {
  if (name === '' || Buffer.byteLength(name) > 63 || name.includes('\u0000') || /[/\\ ."$]/.test(name)) {
    throw new MongoError('InvalidNamespace', `Invalid database name: '${name}'`);
  }
}
