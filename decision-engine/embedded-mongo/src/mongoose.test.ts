import mongoose, { type Connection, Schema } from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryServer, temporaryServer } from './testing/temporary-server.js';

let server: TemporaryServer;
let connection: Connection;

beforeAll(async () => {
  server = await temporaryServer();
  connection = await mongoose.createConnection(server.uri, { dbName: 'mongoose' }).asPromise();
});
afterAll(async () => {
  await connection.close();
  await server.close();
});

describe('mongoose', () => {
  it('populates', async () => {
    const Author = connection.model('Author', new Schema({ name: String }));
    const Book = connection.model(
      'Book',
      new Schema({ title: String, authors: [{ type: Schema.Types.ObjectId, ref: 'Author' }] }),
    );
    const a = await Author.create({ name: 'Ada' });
    const b = await Author.create({ name: 'Bo' });
    await Book.create({ title: 'One', authors: [b._id, a._id] });
    const book = await Book.findOne({ title: 'One' })
      .populate<{ authors: { name: string }[] }>('authors')
      .orFail();
    expect(book.authors.map(({ name }) => name)).toEqual(['Bo', 'Ada']);
  });

  it('populates virtually, with counts', async () => {
    const groupSchema = new Schema({ name: String });
    groupSchema.virtual('members', { ref: 'Member', localField: '_id', foreignField: 'group' });
    groupSchema.virtual('memberCount', {
      ref: 'Member',
      localField: '_id',
      foreignField: 'group',
      count: true,
    });
    const Group = connection.model('Group', groupSchema);
    const Member = connection.model('Member', new Schema({ group: Schema.Types.ObjectId, name: String }));
    const group = await Group.create({ name: 'g' });
    await Member.create([
      { group: group._id, name: 'x' },
      { group: group._id, name: 'y' },
    ]);
    const found = await Group.findById(group._id).populate('members').populate('memberCount').orFail();
    expect(found.get('members')).toHaveLength(2);
    expect(found.get('memberCount')).toBe(2);
  });

  it('keeps discriminators apart', async () => {
    const Event = connection.model('Event', new Schema({ at: Date }, { discriminatorKey: 'kind' }));
    const Click = Event.discriminator('Click', new Schema({ url: String }));
    await Event.create({ at: new Date() });
    await Click.create({ at: new Date(), url: '/x' });
    expect(await Event.countDocuments()).toBe(2);
    expect(await Click.find().lean()).toMatchObject([{ kind: 'Click', url: '/x' }]);
  });

  it('sets timestamps and versions, and refuses a stale save', async () => {
    const Note = connection.model(
      'Note',
      new Schema({ list: [Number] }, { timestamps: true, optimisticConcurrency: true }),
    );
    const note = await Note.create({ list: [1, 2, 3] });
    const [first, second] = [await Note.findById(note._id).orFail(), await Note.findById(note._id).orFail()];
    first.list.push(4);
    await first.save();
    second.list = [2, 3];
    await expect(second.save()).rejects.toThrow('No matching document');
    const saved = await Note.findById(note._id).orFail();
    expect(saved.get('updatedAt').getTime()).toBeGreaterThanOrEqual(saved.get('createdAt').getTime());
    expect([...saved.list]).toEqual([1, 2, 3, 4]);
  });

  it('writes in bulk, reads with cursors and aggregates', async () => {
    const Sale = connection.model('Sale', new Schema({ shop: String, sum: Number }));
    await Sale.bulkWrite([
      { insertOne: { document: { shop: 'a', sum: 1 } } },
      { insertOne: { document: { shop: 'a', sum: 2 } } },
      { updateOne: { filter: { shop: 'b' }, update: { $set: { sum: 5 } }, upsert: true } },
    ]);
    let total = 0;
    for await (const sale of Sale.find().cursor({ batchSize: 1 })) total += sale.sum ?? 0;
    expect(total).toBe(8);
    const sums = await Sale.aggregate([
      { $group: { _id: '$shop', sum: { $sum: '$sum' } } },
      { $sort: { _id: 1 } },
    ]);
    expect(sums).toEqual([
      { _id: 'a', sum: 3 },
      { _id: 'b', sum: 5 },
    ]);
  });

  it('builds and compares indexes', async () => {
    const schema = new Schema({
      a: { type: String, index: true },
      b: { type: Number, unique: true, sparse: true },
    });
    schema.index({ a: 1, b: -1 }, { partialFilterExpression: { b: { $gt: 1 } } });
    const Indexed = connection.model('Indexed', schema);
    await Indexed.init();
    expect(await Indexed.diffIndexes()).toEqual({ toCreate: [], toDrop: [] });
    await Indexed.create([{ a: 'x' }, { a: 'x' }, { a: 'x', b: 1 }]);
    await expect(Indexed.create({ b: 1 })).rejects.toMatchObject({
      code: 11000,
      keyPattern: { b: 1 },
      keyValue: { b: 1 },
    });
  });

  it('has maps, buffers, decimals, bigints and nested arrays', async () => {
    const schema = new Schema({
      map: { type: Map, of: Number },
      bytes: Buffer,
      price: Schema.Types.Decimal128,
      big: BigInt,
      grid: [[Number]],
      uuid: Schema.Types.UUID,
    });
    const Thing = connection.model('Thing', schema);
    const made = await Thing.create({
      map: { x: 1 },
      bytes: Buffer.from('ab'),
      price: '1.50',
      big: 2n ** 60n,
      grid: [[1, 2], [3]],
      uuid: '09190f70-3d30-11e5-8814-0f4df9a59c41',
    });
    const found = await Thing.findById(made._id).orFail();
    expect(found.map?.get('x')).toBe(1);
    expect(String(found.price)).toBe('1.50');
    expect(found.big).toBe(2n ** 60n);
    expect(found.toObject().grid).toEqual([[1, 2], [3]]);
    expect(await Thing.countDocuments({ price: { $gt: mongoose.Types.Decimal128.fromString('1.4') } })).toBe(
      1,
    );
  });

  it('has capped collections, collations and views', async () => {
    const Log = connection.model('Log', new Schema({ n: Number }, { capped: { size: 100_000, max: 3 } }));
    await Log.createCollection();
    for (let n = 0; n < 5; n++) await Log.create({ n });
    expect((await Log.find().lean()).map(({ n }) => n)).toEqual([2, 3, 4]);
    const Name = connection.model(
      'Name',
      new Schema({ name: String }, { collation: { locale: 'en', strength: 2 } }),
    );
    await Name.create([{ name: 'Åda' }, { name: 'ADA' }, { name: 'ada' }]);
    expect(await Name.countDocuments({ name: 'Ada' })).toBe(2);
    await connection.createCollection('high', { viewOn: 'logs', pipeline: [{ $match: { n: { $gte: 3 } } }] });
    expect(await connection.collection('high').countDocuments({})).toBe(2);
  });
});
