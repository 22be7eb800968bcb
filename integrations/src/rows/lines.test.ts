import { describe, expect, it } from 'vitest';
import { createLineSplitter, MAX_LINE_LENGTH } from './lines.js';

function linesOf(...pieces: readonly (string | Uint8Array)[]) {
  const splitter = createLineSplitter('utf-8');
  const bytes = pieces.map((piece) => (typeof piece === 'string' ? new TextEncoder().encode(piece) : piece));
  return [...bytes.flatMap((piece) => splitter.push(piece)), ...splitter.end()];
}

describe('createLineSplitter', () => {
  it('cuts at LF and CRLF, counts from 1 and keeps blank lines', () => {
    expect(linesOf('a\r\n\nb\nc').map(({ number, text }) => [number, text])).toEqual([
      [1, 'a'],
      [2, ''],
      [3, 'b'],
      [4, 'c'],
    ]);
  });

  it('makes no line of a final line break, and none of nothing', () => {
    expect(linesOf('a\n').map(({ text }) => text)).toEqual(['a']);
    expect(linesOf()).toEqual([]);
  });

  it('leaves a byte order mark out and joins characters cut between pieces', () => {
    const [first, second] = [Uint8Array.of(0xef, 0xbb, 0xbf, 0xc3), Uint8Array.of(0xa9, 0x0d, 0x0a)];
    expect(linesOf(first, second)).toEqual([{ number: 1, text: 'é', tooLong: false }]);
  });

  it('cuts a line that would fill the memory and goes on after it', () => {
    const piece = 'x'.repeat(MAX_LINE_LENGTH);
    const lines = linesOf(piece, piece, piece, '\nnext\n');
    expect(lines.map(({ number, text, tooLong }) => [number, text.length, tooLong])).toEqual([
      [1, MAX_LINE_LENGTH, true],
      [2, 4, false],
    ]);
  });

  it('reads Windows-1252 when told so', () => {
    const splitter = createLineSplitter('windows-1252');
    expect(splitter.push(Uint8Array.of(0xa3, 0x80, 0x0a)).map(({ text }) => text)).toEqual(['£€']);
  });
});
