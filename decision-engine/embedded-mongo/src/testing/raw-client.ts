import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type Document, deserialize, serialize, setInternalBufferSize } from 'bson';
import { crc32c } from '../protocol/crc32c.js';

setInternalBufferSize(32 * 1024 * 1024);
let nextId = 1;

/** An OP_MSG with one body. */
export function message(
  body: Document,
  { flags = 0, checksum = false }: { flags?: number; checksum?: boolean } = {},
): Buffer {
  return frame(Buffer.concat([Buffer.from([0]), serialize(body)]), {
    flags: checksum ? flags | 1 : flags,
    checksum,
  });
}

/** An OP_MSG with any sections. */
export function frame(
  sections: Buffer,
  { flags = 0, checksum = false }: { flags?: number; checksum?: boolean } = {},
): Buffer {
  const length = 20 + sections.length + (checksum ? 4 : 0);
  const head = Buffer.alloc(20);
  head.writeInt32LE(length, 0);
  head.writeInt32LE(nextId++, 4);
  head.writeInt32LE(2013, 12);
  head.writeUInt32LE(flags, 16);
  const bytes = Buffer.concat([head, sections]);
  if (!checksum) return bytes;
  const sum = Buffer.alloc(4);
  sum.writeUInt32LE(crc32c(bytes));
  return Buffer.concat([bytes, sum]);
}

/** A connection on which any bytes can be sent. */
export class RawClient {
  private buffered = Buffer.alloc(0);
  private readonly waiting: (() => void)[] = [];

  private constructor(readonly socket: Socket) {
    socket.on('data', (chunk) => {
      this.buffered = Buffer.concat([this.buffered, chunk]);
      this.wake();
    });
    socket.on('close', () => this.wake());
    socket.on('error', () => undefined);
  }

  static async connect(port: number): Promise<RawClient> {
    const socket = connect(port, '127.0.0.1');
    await once(socket, 'connect');
    return new RawClient(socket);
  }

  private wake(): void {
    for (const resolve of this.waiting.splice(0)) resolve();
  }

  send(bytes: Buffer): void {
    if (!this.socket.destroyed) this.socket.write(bytes);
  }

  /** The next answer's document, or undefined when the server closed the connection. */
  async answer(): Promise<Document | undefined> {
    for (;;) {
      const length = this.buffered.length >= 4 ? this.buffered.readInt32LE(0) : Number.POSITIVE_INFINITY;
      if (this.buffered.length >= length) {
        const body = this.buffered.subarray(0, length);
        this.buffered = this.buffered.subarray(length);
        return deserialize(body.subarray(body.readInt32LE(12) === 1 ? 36 : 21));
      }
      if (this.socket.destroyed || this.socket.readableEnded) return undefined;
      await new Promise<void>((resolve) => this.waiting.push(resolve));
    }
  }

  async ask(body: Document): Promise<Document | undefined> {
    this.send(message(body));
    return this.answer();
  }

  close(): void {
    this.socket.destroy();
  }
}
