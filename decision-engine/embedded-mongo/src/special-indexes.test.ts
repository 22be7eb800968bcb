import { type Collection, type Document, MongoClient } from 'mongodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TemporaryServer, temporaryServer } from './testing/temporary-server.js';

let server: TemporaryServer;
let client: MongoClient;

beforeAll(async () => {
  server = await temporaryServer();
  client = await MongoClient.connect(server.uri);
});
afterAll(async () => {
  await client.close();
  await server.close();
});

async function holding(name: string, docs: Document[]): Promise<Collection<Document>> {
  const collection = client.db('special').collection<Document>(name);
  await collection.insertMany(docs);
  return collection;
}
const ids = (docs: readonly Document[]): unknown[] => docs.map(({ _id }) => _id);

describe('text search', () => {
  let texts: Collection<Document>;
  beforeAll(async () => {
    texts = await holding('texts', [
      { _id: 1, title: 'Coffee', body: 'Baking a cake' },
      { _id: 2, title: 'The coffees of the world', body: 'coffee coffee and tea' },
      { _id: 3, title: 'Café au lait', body: ['with', 'hot milk'] },
      { _id: 4, title: 'Nothing of it', body: 'the and of' },
    ]);
    await texts.createIndex({ title: 'text', body: 'text' }, { weights: { title: 2 }, name: 'words' });
  });

  it('finds words by their stem, without accents and stop words', async () => {
    const search = async ($search: string): Promise<unknown[]> =>
      ids(await texts.find({ $text: { $search } }).sort({ _id: 1 }).toArray());
    expect(await search('coffee')).toEqual([1, 2]);
    expect(await search('BAKED cakes')).toEqual([1]);
    expect(await search('cafe')).toEqual([3]);
    expect(await search('the of')).toEqual([]);
    expect(await search('"hot milk"')).toEqual([3]);
    expect(await search('coffee -tea')).toEqual([1]);
    expect(await search('coffee milk')).toEqual([1, 2, 3]);
    expect(await texts.countDocuments({ $text: { $search: 'tea' } })).toBe(1);
  });

  it('gives the score, and sorts by it', async () => {
    const score = { $meta: 'textScore' };
    const found = await texts
      .find({ $text: { $search: 'coffee' } })
      .project({ score })
      .sort({ score })
      .toArray();
    expect(ids(found)).toEqual([2, 1]);
    // "Coffee" alone in a title of weight 2 is not its own stem, "coffe": 2 x 1 x (0.5 + 0.5).
    expect(found[1]?.['score']).toBeCloseTo(2, 10);
    // 2 x 1 x (0.5 / 2 + 0.5) in the title; 1.5 x (0.5 x 2 / 3 + 0.5) in the body.
    expect(found[0]?.['score']).toBeCloseTo(1.5 + 1.25, 10);
  });

  it('is listed as MongoDB lists it, is the only one, and is needed', async () => {
    const [, index] = await texts.listIndexes().toArray();
    expect(index).toEqual({
      v: 2,
      key: { _fts: 'text', _ftsx: 1 },
      name: 'words',
      weights: { body: 1, title: 2 },
      default_language: 'english',
      language_override: 'language',
      textIndexVersion: 3,
    });
    await expect(texts.createIndex({ other: 'text' })).rejects.toMatchObject({ code: 85 });
    await expect(texts.createIndex({ n: 1, other: 'text' })).rejects.toMatchObject({ code: 67 });
    await expect(
      client
        .db('special')
        .collection('none')
        .insertOne({})
        .then(() =>
          client
            .db('special')
            .collection('none')
            .findOne({ $text: { $search: 'a' } }),
        ),
    ).rejects.toMatchObject({ code: 27 });
  });
});

describe('places on the sphere', () => {
  let places: Collection<Document>;
  const point = (lng: number, lat: number) => ({ type: 'Point', coordinates: [lng, lat] });
  beforeAll(async () => {
    places = await holding('places', [
      { _id: 'paris', at: point(2.3522, 48.8566) },
      { _id: 'london', at: point(-0.1276, 51.5072) },
      { _id: 'berlin', at: point(13.405, 52.52) },
      {
        _id: 'route',
        at: {
          type: 'LineString',
          coordinates: [
            [-178, 10],
            [178, 10],
          ],
        },
      },
      { _id: 'nowhere' },
    ]);
    await places.createIndex({ at: '2dsphere' });
  });

  it('come in the order of their distance', async () => {
    const near = { $geometry: point(2.35, 48.85), $maxDistance: 1_000_000 };
    expect(ids(await places.find({ at: { $near: near } }).toArray())).toEqual(['paris', 'london', 'berlin']);
    expect(ids(await places.find({ at: { $near: { ...near, $minDistance: 500_000 } } }).toArray())).toEqual([
      'berlin',
    ]);
    const measured = await places
      .aggregate([
        {
          $geoNear: { near: point(2.3522, 48.8566), distanceField: 'd.m', query: { _id: { $ne: 'route' } } },
        },
      ])
      .toArray();
    expect(ids(measured)).toEqual(['paris', 'london', 'berlin']);
    // Paris to London is 344 km along the great circle.
    expect(measured[1]?.['d'].m / 1000).toBeCloseTo(343.9, 0);
  });

  it('are found within and across', async () => {
    const square = {
      type: 'Polygon',
      coordinates: [
        [
          [-5, 45],
          [5, 45],
          [5, 55],
          [-5, 55],
          [-5, 45],
        ],
      ],
    };
    const within = await places.find({ at: { $geoWithin: { $geometry: square } } }).toArray();
    expect(ids(within).sort()).toEqual(['london', 'paris']);
    const circle = { $centerSphere: [[13.4, 52.5], 100 / 6378.1] };
    expect(ids(await places.find({ at: { $geoWithin: circle } }).toArray())).toEqual(['berlin']);
    const dateLine = {
      type: 'LineString',
      coordinates: [
        [180, 11],
        [180, 9],
      ],
    };
    expect(ids(await places.find({ at: { $geoIntersects: { $geometry: dateLine } } }).toArray())).toEqual([
      'route',
    ]);
  });

  it('need an index and good coordinates', async () => {
    await expect(places.findOne({ other: { $near: point(0, 0) } })).rejects.toMatchObject({ code: 291 });
    await expect(places.countDocuments({ at: { $near: point(0, 0) } })).rejects.toMatchObject({
      code: 5626500,
    });
    await expect(places.insertOne({ at: point(500, 0) })).rejects.toMatchObject({ code: 16755 });
  });
});

describe('places in the plane', () => {
  it('are near, in boxes, circles and polygons', async () => {
    const grid = await holding(
      'grid',
      Array.from({ length: 25 }, (_, i) => ({ _id: i, at: [i % 5, Math.floor(i / 5)] })),
    );
    await grid.createIndex({ at: '2d' });
    expect(
      ids(
        await grid
          .find({ at: { $near: [0.1, 0] } })
          .limit(3)
          .toArray(),
      ),
    ).toEqual([0, 1, 5]);
    expect(
      await grid.countDocuments({
        at: {
          $geoWithin: {
            $box: [
              [1, 1],
              [2, 3],
            ],
          },
        },
      }),
    ).toBe(6);
    expect(await grid.countDocuments({ at: { $geoWithin: { $center: [[2, 2], 1] } } })).toBe(5);
    const triangle = [
      [0, 0],
      [4, 0],
      [0, 4],
    ];
    expect(await grid.countDocuments({ at: { $geoWithin: { $polygon: triangle } } })).toBe(15);
  });
});

describe('wildcard indexes, clustered collections and time series', () => {
  it('are listed, and change nothing that is found', async () => {
    const wild = await holding('wild', [
      { _id: 1, a: { b: 2 } },
      { _id: 2, a: { b: 3 } },
    ]);
    await wild.createIndex({ 'a.$**': 1 });
    expect(ids(await wild.find({ 'a.b': 3 }).toArray())).toEqual([2]);
    expect((await wild.indexes()).map(({ key }) => key)).toEqual([{ _id: 1 }, { 'a.$**': 1 }]);
  });

  it('a clustered collection says so', async () => {
    const db = client.db('special');
    const clusteredIndex = { key: { _id: 1 }, unique: true, name: 'own' };
    const clustered = await db.createCollection('clustered', { clusteredIndex });
    expect(await clustered.indexes()).toEqual([
      { v: 2, key: { _id: 1 }, name: 'own', unique: true, clustered: true },
    ]);
    await clustered.insertOne({ _id: 1 } as Document);
    await expect(clustered.insertOne({ _id: 1 } as Document)).rejects.toMatchObject({ code: 11000 });
  });

  it('a time series wants a date', async () => {
    const db = client.db('special');
    const series = await db.createCollection('series', {
      timeseries: { timeField: 'at' },
      expireAfterSeconds: 60,
    });
    await series.insertOne({ at: new Date(), value: 1 });
    await expect(series.insertOne({ value: 2 })).rejects.toMatchObject({ code: 2 });
    const [info] = await db.listCollections({ name: 'series' }).toArray();
    expect(info).toMatchObject({ type: 'timeseries', options: { timeseries: { timeField: 'at' } } });
  });
});

describe('validate', () => {
  it('compares documents and indexes', async () => {
    const kept = await holding('kept', [{ a: 1 }, { a: [1, 2] }]);
    await kept.createIndex({ a: 1 });
    expect(await client.db('special').command({ validate: 'kept' })).toMatchObject({
      valid: true,
      nrecords: 2,
      keysPerIndex: { _id_: 2, a_1: 3 },
    });
  });
});
