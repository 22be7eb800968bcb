import type { Socket } from 'node:net';
import type { Doc } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { HEADER, MAX_MESSAGE, type Request, readRequest, replyMessage } from './wire.js';

/** Answers a request; undefined closes the connection without an answer. */
export type Answer = (request: Request) => Promise<Doc | undefined>;

/**
 * Cuts a connection's bytes into messages and answers them one after the other. While one is being answered no more
 * is read than what the system already buffered, so that a client cannot fill the memory.
 */
export class Connection {
  private chunks: Buffer[] = [];
  private size = 0;
  private wanted = HEADER;
  private busy = false;

  constructor(
    private readonly socket: Socket,
    private readonly answer: Answer,
    private readonly log: (line: string) => void,
  ) {
    socket.on('data', (chunk: Buffer) => this.take(chunk));
    socket.on('error', () => socket.destroy());
  }

  private take(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.size += chunk.length;
    if (this.busy) this.socket.pause();
    else if (this.size >= this.wanted) void this.work();
  }

  private async work(): Promise<void> {
    this.busy = true;
    try {
      for (let message = this.next(); message; message = this.next()) {
        await this.handle(message);
        if (this.socket.destroyed) return;
      }
    } catch (fault) {
      this.log(`closing a connection: ${fault instanceof Error ? fault.message : String(fault)}`);
      this.socket.destroy();
      return;
    }
    this.busy = false;
    this.socket.resume();
  }

  /** The next whole message, when it is there. @throws MongoError for a length that cannot be. */
  private next(): Buffer | undefined {
    if (this.size < HEADER) {
      this.wanted = HEADER;
      return undefined;
    }
    const bytes = this.joined();
    const length = bytes.readInt32LE(0);
    if (length < HEADER || length > MAX_MESSAGE)
      throw new MongoError('BadValue', `a message says it is ${length} bytes long`);
    this.wanted = length;
    if (this.size < length) return undefined;
    this.chunks = bytes.length > length ? [bytes.subarray(length)] : [];
    this.size = bytes.length - length;
    return bytes.subarray(0, length);
  }

  /** The buffered bytes in one piece once all that is wanted is there; before that only the head is needed. */
  private joined(): Buffer {
    const [first] = this.chunks;
    if (first && this.chunks.length === 1) return first;
    if (first && first.length >= HEADER && this.size < first.readInt32LE(0)) return first;
    const bytes = Buffer.concat(this.chunks, this.size);
    this.chunks = [bytes];
    return bytes;
  }

  private async handle(message: Buffer): Promise<void> {
    const request = readRequest(message);
    const reply = await this.answer(request);
    if (!reply) {
      this.socket.destroy();
      return;
    }
    if (request.unacknowledged) return;
    if (!this.socket.write(replyMessage(request, reply))) await this.drained();
  }

  private drained(): Promise<void> {
    return new Promise((resolve) => {
      const done = (): void => {
        this.socket.off('drain', done);
        this.socket.off('close', done);
        resolve();
      };
      this.socket.on('drain', done);
      this.socket.on('close', done);
    });
  }
}
