import { randomBytes } from 'node:crypto';
import { PAUSE, type Pause } from '../aggregate/flow.js';
import { encodeDoc } from '../bson/encode.js';
import { type Doc, RawBson, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';

/** A cursor that is not asked for this long is closed, as MongoDB does. */
const IDLE_MS = 10 * 60 * 1000;
/** How long a reading runs before others get their turn. */
const SLICE_MS = 8;
const MAX_BATCH_BYTES = 16 * 1024 * 1024;

export interface BatchRequest {
  /** Documents in this batch; undefined: as many as fit into 16 MB. */
  readonly size: number | undefined;
  readonly deadline: number | undefined;
}

/** An open result. */
export class Cursor {
  private ownId: bigint | undefined;
  private readonly iterator: Iterator<Doc | RawBson | Pause>;
  private held: RawBson | undefined;
  lastUsed = Date.now();
  done = false;
  busy = false;

  constructor(
    readonly ns: string,
    items: Iterable<Doc | RawBson | Pause>,
    readonly options: { readonly noTimeout: boolean; readonly tailable: boolean; readonly owner: number },
  ) {
    this.iterator = items[Symbol.iterator]();
  }

  /** Drawn on first use: most results are answered whole and need none. */
  get id(): bigint {
    this.ownId ??= randomBytes(8).readBigInt64LE() & 0x7fffffffffffffffn || 1n;
    return this.ownId;
  }

  /** The next documents. @throws MongoError MaxTimeMSExpired (50) */
  async batch({ size, deadline }: BatchRequest): Promise<Value[]> {
    const docs: Value[] = [];
    let bytes = 0;
    let sliceEnd = performance.now() + SLICE_MS;
    while (size === undefined || docs.length < size) {
      const raw = this.held ?? this.take();
      this.held = undefined;
      if (raw === PAUSE) {
        const now = performance.now();
        if (deadline !== undefined && now > deadline)
          throw new MongoError('MaxTimeMSExpired', 'operation exceeded time limit');
        if (now > sliceEnd) {
          await new Promise((resolve) => setImmediate(resolve));
          sliceEnd = performance.now() + SLICE_MS;
        }
        continue;
      }
      if (raw === undefined) {
        this.done = !this.options.tailable;
        break;
      }
      if (docs.length > 0 && bytes + raw.bytes.length > MAX_BATCH_BYTES) {
        this.held = raw;
        break;
      }
      bytes += raw.bytes.length;
      docs.push(raw);
    }
    return docs;
  }

  private take(): RawBson | Pause | undefined {
    const { value, done } = this.iterator.next();
    if (done) return undefined;
    if (value === PAUSE || value instanceof RawBson) return value;
    return new RawBson(encodeDoc(value));
  }

  close(): void {
    this.iterator.return?.();
    this.done = true;
  }
}

/** The cursors of a server. */
export class Cursors {
  private readonly open = new Map<bigint, Cursor>();

  create(
    ns: string,
    items: Iterable<Doc | RawBson | Pause>,
    options: Partial<Cursor['options']> & { owner: number },
  ): Cursor {
    return new Cursor(ns, items, { noTimeout: false, tailable: false, ...options });
  }

  keep(cursor: Cursor): void {
    this.open.set(cursor.id, cursor);
  }

  get(id: bigint): Cursor | undefined {
    const cursor = this.open.get(id);
    if (cursor) cursor.lastUsed = Date.now();
    return cursor;
  }

  close(id: bigint): boolean {
    this.open.get(id)?.close();
    return this.open.delete(id);
  }

  closeIdle(now: number): void {
    for (const cursor of this.open.values()) {
      if (!cursor.options.noTimeout && now - cursor.lastUsed > IDLE_MS) this.close(cursor.id);
    }
  }

  closeAll(ns?: string): void {
    for (const cursor of this.open.values()) if (ns === undefined || cursor.ns === ns) this.close(cursor.id);
  }

  get count(): number {
    return this.open.size;
  }
}
