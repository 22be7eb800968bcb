import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patched, patchOf } from './journal-patch.js';

const some = (least: number, most: number) =>
  fc.uint8Array({ minLength: least, maxLength: most }).map((bytes) => Buffer.from(bytes));

describe('patchOf', () => {
  it('makes the one value out of the other, wherever they differ', () => {
    fc.assert(
      fc.property(fc.tuple(some(0, 1500), some(0, 1500)), some(0, 300), some(0, 300), (ends, old, fresh) => {
        const [start, end] = ends;
        const pad = Buffer.alloc(900, 7);
        const before = Buffer.concat([start, pad, old, pad, end]);
        const after = Buffer.concat([start, pad, fresh, pad, end]);
        const patch = patchOf(before, after);
        expect(patch && patched(before, patch)).toEqual(after);
      }),
      { numRuns: 200, seed: 3 },
    );
  });

  it('of a document that grew in its middle is about as long as what is new', () => {
    const document = (middle: Buffer) => {
      const bytes = Buffer.concat([Buffer.alloc(4), Buffer.alloc(9_000, 1), middle, Buffer.alloc(9_000, 2)]);
      bytes.writeInt32LE(bytes.length, 0);
      return bytes;
    };
    const patch = patchOf(document(Buffer.alloc(200, 3)), document(Buffer.alloc(300, 4)));
    expect(patch?.bytes.length).toBe(304);
  });

  it('is none for small values, and where most is new', () => {
    expect(patchOf(Buffer.alloc(1_000), Buffer.alloc(1_000))).toBeUndefined();
    expect(patchOf(Buffer.alloc(3_000, 1), Buffer.alloc(3_000, 2))).toBeUndefined();
  });

  it('is refused for a value it was not made for', () => {
    const patch = patchOf(Buffer.alloc(3_000), Buffer.alloc(3_000));
    if (patch === undefined) throw new Error('Expected a patch');
    expect(() => patched(Buffer.alloc(20), patch)).toThrow('at least 3000 bytes');
    expect(() => patched(undefined, patch)).toThrow('got none');
  });
});
