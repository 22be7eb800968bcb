export type SourceLine = {
  /** Counted from 1, as editors count. */
  readonly number: number;
  /** Without its line break. Cut at {@link MAX_LINE_LENGTH} characters. */
  readonly text: string;
  readonly tooLong: boolean;
};

/** A longer line is no row of anything; it is cut instead of filling the memory. */
export const MAX_LINE_LENGTH = 1_000_000;

export const ENCODINGS = ['utf-8', 'windows-1252'] as const;
export type Encoding = (typeof ENCODINGS)[number];

/** Stands in decoded text for bytes that are not in the encoding. */
export const UNREADABLE = '\uFFFD';

export type LineSplitter = {
  /** The lines that these bytes complete. */
  push(bytes: Uint8Array): SourceLine[];
  /** The last line, where the file doesn't end in a line break. */
  end(): SourceLine[];
};

/** Cuts bytes into lines ending in LF or CRLF; a byte order mark is left out. */
export function createLineSplitter(encoding: Encoding): LineSplitter {
  const decoder = new TextDecoder(encoding);
  let carry = '';
  let overflown = false;
  let number = 0;

  const lineOf = (text: string): SourceLine => {
    number += 1;
    const tooLong = overflown || text.length > MAX_LINE_LENGTH;
    overflown = false;
    const cut = tooLong ? text.slice(0, MAX_LINE_LENGTH) : text;
    return { number, text: cut.endsWith('\r') ? cut.slice(0, -1) : cut, tooLong };
  };

  const split = (text: string): SourceLine[] => {
    const lines: SourceLine[] = [];
    let start = 0;
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      lines.push(lineOf(text.slice(start, end)));
      start = end + 1;
    }
    carry = text.slice(start);
    if (carry.length > MAX_LINE_LENGTH) {
      carry = carry.slice(0, MAX_LINE_LENGTH);
      overflown = true;
    }
    return lines;
  };

  return {
    push: (bytes) => split(carry + decoder.decode(bytes, { stream: true })),
    end: () => {
      const lines = split(carry + decoder.decode());
      if (carry === '') return lines;
      const last = lineOf(carry);
      carry = '';
      return [...lines, last];
    },
  };
}
