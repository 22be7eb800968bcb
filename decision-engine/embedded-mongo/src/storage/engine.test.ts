import { closeSync, cpSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { MongoError } from '../errors.js';
import { seededRandom } from '../trials/seeded-random.js';
import { Engine } from './engine.js';

let folder: string;
let failures: number;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'segue-engine-'));
  failures = 0;
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function openIn(path: string): Engine {
  return Engine.open(path, { beforeCommit: () => undefined, afterFailure: () => failures++ });
}

/** What a crash at this moment would leave: the files as they are, while the store goes on. */
function crashed(name: string): string {
  const copy = join(folder, name);
  cpSync(join(folder, 'live'), copy, { recursive: true });
  return copy;
}

function content(engine: Engine): Record<string, string> {
  return Object.fromEntries(
    [...engine.docs.getRange({})].map(({ key, value }) => [key.toString(), value.toString()]),
  );
}

async function contentOf(path: string): Promise<Record<string, string>> {
  const engine = openIn(path);
  const found = content(engine);
  await engine.close();
  return found;
}

function put(engine: Engine, key: string, value: string): Promise<void> {
  return engine.write(() => engine.docs.putSync(Buffer.from(key), Buffer.from(value)));
}

function partOf(engine: Engine, name: string): object {
  const part: unknown = Reflect.get(engine, name);
  if (typeof part !== 'object' || part === null) throw new Error(`Expected the engine to have "${name}"`);
  return part;
}

/** From now on the journal can't be written; what is in it stays. */
function takeJournalAway(engine: Engine): void {
  const journal = partOf(engine, 'journal');
  closeSync(Number(Reflect.get(journal, 'file')));
  Reflect.set(journal, 'file', openSync(join(folder, 'live', 'journal.bin'), 'r'));
}

describe('what a crash leaves', () => {
  it('is all that was acknowledged, whenever it comes', async () => {
    const engine = openIn(join(folder, 'live'));
    const random = seededRandom(5);
    const expected: Record<string, string> = {};
    for (let round = 0; round < 5; round++) {
      const writes: Promise<void>[] = [];
      // Some writes stay in the journal, some go over what makes a checkpoint.
      for (let i = Math.floor(random() * 400); i >= 0; i--) {
        const key = `k${Math.floor(random() * 200)}`;
        if (random() < 0.2) {
          delete expected[key];
          writes.push(engine.write(() => engine.docs.removeSync(Buffer.from(key))));
        } else {
          expected[key] = `${round}-${i}`.repeat(1 + Math.floor(random() * 40));
          writes.push(put(engine, key, expected[key]));
        }
        if (random() < 0.1) await Promise.all(writes);
      }
      // Too large for the journal in one round, and more than it holds in the others together.
      for (let i = round === 1 ? 2 : 3; i > 0; i--) {
        expected['large'] = `${round}-${i}`.repeat(round === 1 ? 300_000 : 220_000);
        await put(engine, 'large', expected['large']);
      }
      await Promise.all(writes);
      expect(await contentOf(crashed(`crash-${round}`))).toEqual(expected);
    }
    await engine.close();
    expect(await contentOf(join(folder, 'live'))).toEqual(expected);
  });

  it('has every change of a large value, of which the journal keeps only what is new', async () => {
    const engine = openIn(join(folder, 'live'));
    const key = Buffer.from('large');
    let value = Buffer.alloc(20_000, 'a');
    await engine.write(() => engine.docs.putSync(key, value));
    for (let round = 0; round < 20; round++) {
      const after = Buffer.concat([
        value.subarray(0, 700 * round),
        Buffer.from(`<${round}>`),
        value.subarray(700 * round + 1),
      ]);
      await engine.write(() => engine.docs.replaceSync(key, value, after));
      value = after;
    }
    const found = crashed('patched');
    expect(readFileSync(join(found, 'journal.bin')).indexOf(Buffer.alloc(9_000, 'a'), 25_000)).toBe(-1);
    expect(await contentOf(found)).toEqual({ large: value.toString() });
    await engine.close();
  });

  it('has a write that did not wait for the disk once it has a later one that did', async () => {
    const engine = openIn(join(folder, 'live'));
    await put(engine, 'first', '1');
    const order: string[] = [];
    const durable = put(engine, 'durable', '1').then(() => order.push('durable'));
    const quick = engine
      .write(() => engine.docs.putSync(Buffer.from('quick'), Buffer.from('1')), false)
      .then(() => order.push('quick'));
    await Promise.all([durable, quick]);
    expect(order).toEqual(['quick', 'durable']);
    expect(await contentOf(crashed('later'))).toEqual({ first: '1', durable: '1', quick: '1' });
    await engine.close();
  });

  it('is a beginning of the writes where the journal was cut, and later writes do not bring back the rest', async () => {
    const engine = openIn(join(folder, 'live'));
    for (let i = 0; i < 10; i++) await put(engine, `k${i}`, 'before');
    const copy = crashed('cut');
    await engine.close();
    const journal = join(copy, 'journal.bin');
    const bytes = readFileSync(journal);
    const length = 12 + bytes.readUInt32LE(0);
    bytes[4 * length + 20] = 0xee;
    writeFileSync(journal, bytes);
    const again = openIn(copy);
    expect(Object.keys(content(again))).toEqual(['k0', 'k1', 'k2', 'k3']);
    for (let i = 0; i < 4; i++) await put(again, `k${i}`, 'later!');
    cpSync(copy, join(folder, 'cut-again'), { recursive: true });
    await again.close();
    expect(await contentOf(join(folder, 'cut-again'))).toEqual({
      k0: 'later!',
      k1: 'later!',
      k2: 'later!',
      k3: 'later!',
    });
  });
});

describe('a power cut while a checkpoint goes to the disk', () => {
  const PAGE = 4096;
  let engine: Engine;
  let before: Buffer;
  let reachesDisk: () => void;
  const expected: Record<string, string> = {};

  async function putAll(from: number, to: number): Promise<void> {
    for (let i = from; i < to; i++) {
      expected[`k${i % 9}`] = `${i}`.repeat(100_000);
      await put(engine, `k${i % 9}`, expected[`k${i % 9}`] ?? '');
    }
  }

  beforeEach(async () => {
    engine = openIn(join(folder, 'live'));
    await putAll(100, 120);
    expected['large'] = 'l'.repeat(1_200_000);
    // Waits for the checkpoint that it ends in.
    await put(engine, 'large', expected['large']);
    before = readFileSync(join(folder, 'live', 'data.mdb'));
    const mark = partOf(engine, 'mark');
    Reflect.set(mark, 'sync', () => {
      Reflect.deleteProperty(mark, 'sync');
      return new Promise<void>((resolve) => {
        reachesDisk = resolve;
      });
    });
    await putAll(120, 135);
  });
  afterEach(async () => {
    reachesDisk();
    await engine.close();
  });

  /** The file with what reached the disk of the last checkpoint: its first bytes, and nothing else. */
  function cut(name: string, reached: number): string {
    const path = crashed(name);
    const file = join(path, 'data.mdb');
    const now = readFileSync(file);
    expect(now.subarray(0, 2 * PAGE)).not.toEqual(before.subarray(0, 2 * PAGE));
    writeFileSync(file, Buffer.concat([now.subarray(0, reached), before.subarray(reached)]));
    return path;
  }

  it.each([
    ['nothing of it', 0],
    ['only its head', 2 * PAGE],
    ['half of it', 400 * PAGE],
  ])('loses nothing where %s is there', async (name, reached) => {
    const path = cut(name, reached);
    expect(await contentOf(path)).toEqual(expected);
    expect(await contentOf(path)).toEqual(expected);
  });

  it('and a second one while it starts again loses nothing either', async () => {
    const path = cut('first', 2 * PAGE);
    const again = openIn(path);
    await again.write(() => again.docs.putSync(Buffer.from('k0'), Buffer.from('later')));
    cpSync(path, join(folder, 'second'), { recursive: true });
    await again.close();
    expect(await contentOf(join(folder, 'second'))).toEqual({ ...expected, k0: 'later' });
  });
});

describe('a fault', () => {
  it('undoes the transaction it came in, and none before', async () => {
    const engine = openIn(join(folder, 'live'));
    await put(engine, 'a', '1');
    const failed = engine.write(() => {
      engine.docs.putSync(Buffer.from('a'), Buffer.from('2'));
      throw new TypeError('broken');
    });
    const shared = put(engine, 'b', '1');
    await expect(failed).rejects.toThrow('broken');
    await expect(shared).rejects.toThrow('broken');
    expect(failures).toBe(1);
    expect(content(engine)).toEqual({ a: '1' });
    await put(engine, 'c', '1');
    expect(await contentOf(crashed('after'))).toEqual({ a: '1', c: '1' });
    await engine.close();
  });

  it('of one write that MongoDB knows leaves the others', async () => {
    const engine = openIn(join(folder, 'live'));
    const failed = engine.write(() => {
      throw new MongoError('BadValue', 'no');
    });
    const shared = put(engine, 'b', '1');
    await expect(failed).rejects.toThrow('no');
    await shared;
    expect(content(engine)).toEqual({ b: '1' });
    expect(failures).toBe(0);
    await engine.close();
  });
});

it('a journal that cannot be written is done without: every write ends in a checkpoint', async () => {
  const engine = openIn(join(folder, 'live'));
  await put(engine, 'a', '1');
  takeJournalAway(engine);
  const together = ['b', 'c', 'd'].map((key) => put(engine, key, '1'));
  await put(engine, 'e', '1');
  await Promise.all(together);
  await put(engine, 'f', '1');
  expect(await contentOf(crashed('no-journal'))).toEqual({ a: '1', b: '1', c: '1', d: '1', e: '1', f: '1' });
  await engine.close();
  expect(failures).toBe(0);
});

it('writes that neither the journal nor a checkpoint takes are all refused, and none is there, then or after a restart', async () => {
  const engine = openIn(join(folder, 'live'));
  await put(engine, 'a', '1');
  takeJournalAway(engine);
  // LMDB undoes what it can't commit, and throws.
  const transaction = partOf(engine, 'transaction');
  Reflect.set(transaction, 'commit', Reflect.get(transaction, 'abort'));
  const endTurn: unknown = Reflect.get(engine, 'run');
  if (typeof endTurn !== 'function') throw new Error('Expected the engine to have "run"');
  // Two records: the second waits while the first is being written.
  const first = ['b', 'c'].map((key) => put(engine, key, '1'));
  Reflect.apply(endTurn, engine, []);
  const second = [put(engine, 'a', '2'), engine.write(() => engine.docs.removeSync(Buffer.from('a')))];
  Reflect.apply(endTurn, engine, []);
  // What a read may see before it is on disk.
  expect(content(engine)).toEqual({ b: '1', c: '1' });
  const outcomes = await Promise.allSettled([...first, ...second]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected', 'rejected']);
  expect(failures).toBe(1);
  expect(content(engine)).toEqual({ a: '1' });
  expect(await contentOf(crashed('both-failed'))).toEqual({ a: '1' });
  await put(engine, 'd', '1');
  expect(await contentOf(crashed('space-again'))).toEqual({ a: '1', d: '1' });
  await engine.close();
  expect(await contentOf(join(folder, 'live'))).toEqual({ a: '1', d: '1' });
});

it('a folder of a later format is refused', async () => {
  const engine = openIn(join(folder, 'live'));
  await engine.write(() => engine.meta.putSync(Buffer.from('format'), Buffer.from('99')));
  await engine.close();
  expect(() => openIn(join(folder, 'live'))).toThrow('to be 4, got 99');
});
