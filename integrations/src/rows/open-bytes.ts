import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline, Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { SourceFault } from './source-fault.js';

/** Small, so that progress moves smoothly: packed text grows tenfold. */
const READ_BYTES = 64 * 1024;
const UNPACKED_BYTES = 256 * 1024;

const GZIP = Buffer.from([0x1f, 0x8b]);
/** First bytes of files that people take for CSV, and what to do about it. */
const NOT_TEXT: readonly { readonly start: Buffer; readonly advice: string }[] = [
  {
    start: Buffer.from('PK\u0003\u0004'),
    advice: 'is a zip archive or an Excel file; unpack it, or save the sheet as CSV',
  },
  { start: Buffer.from([0xd0, 0xcf, 0x11, 0xe0]), advice: 'is an old Excel file; save the sheet as CSV' },
  { start: Buffer.from([0xff, 0xfe]), advice: 'is UTF-16 text; save it as UTF-8' },
  { start: Buffer.from([0xfe, 0xff]), advice: 'is UTF-16 text; save it as UTF-8' },
  { start: Buffer.from('PAR1'), advice: 'is a Parquet file; export it as CSV' },
];

export type ByteSource = {
  /** Size on disk, for progress; compressed if the file is. */
  readonly totalBytes: number;
  /** The file from its beginning, unpacked. Each call reads it anew. */
  read(onBytes: (bytesOnDisk: number) => void): AsyncIterable<Uint8Array>;
};

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null && 'code' in error ? error.code : undefined;
}

function refuseKnownFormats(path: string, firstBytes: Buffer): void {
  const match = NOT_TEXT.find(({ start }) => firstBytes.subarray(0, start.length).equals(start));
  if (match) throw new SourceFault(`${path} ${match.advice}.`);
}

async function* counted(path: string, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  for await (const chunk of createReadStream(path, { highWaterMark: READ_BYTES })) {
    const bytes: Buffer = chunk;
    onBytes(bytes.length);
    yield bytes;
  }
}

async function* unpacked(path: string, packed: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip({ chunkSize: UNPACKED_BYTES });
  // Whatever ends the one ends the other; the error comes out of the loop below.
  pipeline(Readable.from(packed, { objectMode: false }), gunzip, () => undefined);
  try {
    for await (const chunk of gunzip) yield chunk;
  } catch (error) {
    const code = codeOf(error);
    if (code === 'Z_BUF_ERROR') {
      throw new SourceFault(
        `${path} breaks off in the middle of its gzip data: it was not copied or downloaded wholly.`,
      );
    }
    if (typeof code === 'string' && code.startsWith('Z_')) {
      throw new SourceFault(
        `${path} has damaged gzip data (${error instanceof Error ? error.message : code}).`,
      );
    }
    throw error;
  } finally {
    gunzip.destroy();
  }
}

/**
 * Opens a text file, gzipped or not (told by its first bytes, not its name).
 * @throws SourceFault for what is no readable file, and for formats that only look like text files
 */
export async function openBytes(path: string): Promise<ByteSource> {
  const info = await stat(path).catch((error: unknown) => {
    if (codeOf(error) === 'ENOENT') throw new SourceFault(`${path} does not exist.`);
    throw new SourceFault(`${path} can't be opened (${String(codeOf(error))}).`);
  });
  if (info.isDirectory()) throw new SourceFault(`${path} is a folder; name one file in it.`);
  if (!info.isFile())
    throw new SourceFault(`${path} is not a file. An import reads it twice, so a pipe won't do.`);

  return {
    totalBytes: info.size,
    async *read(onBytes) {
      let first: Buffer | undefined;
      const packed = counted(path, onBytes);
      try {
        const { value, done } = await packed.next();
        first = done ? Buffer.alloc(0) : value;
      } catch (error) {
        throw new SourceFault(`${path} can't be read (${String(codeOf(error))}).`);
      }
      const whole = prepend(first, packed);
      if (first.subarray(0, 2).equals(GZIP)) return yield* checked(path, unpacked(path, whole));
      yield* checked(path, whole);
    },
  };
}

async function* prepend(first: Buffer, rest: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  yield first;
  yield* rest;
}

async function* checked(path: string, chunks: AsyncGenerator<Buffer>): AsyncGenerator<Buffer> {
  let started = false;
  for await (const chunk of chunks) {
    if (!started) refuseKnownFormats(path, chunk);
    started = true;
    yield chunk;
  }
}
