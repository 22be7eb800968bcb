import { expect, it } from 'vitest';
import { ProtobufWriter } from './protobuf-writer.js';

it('writes numbers, texts and nested messages as the format says', () => {
  const inner = new ProtobufWriter().number(1, 150);
  const bytes = new ProtobufWriter().number(1, 3).bytes(2, 'testing').bytes(3, inner).finish();
  // The examples of the format's own documentation.
  expect([...bytes]).toEqual([
    0x08, 3, 0x12, 7, 0x74, 0x65, 0x73, 0x74, 0x69, 0x6e, 0x67, 0x1a, 3, 0x08, 0x96, 0x01,
  ]);
});
