import { decodeDoc, docLength } from '../bson/decode.js';
import { encodeAfter } from '../bson/encode.js';
import { type Doc, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { crc32c } from './crc32c.js';

export const HEADER = 16;
/** The largest message that is read: 48,000,000 bytes, as MongoDB's. */
export const MAX_MESSAGE = 48_000_000;
const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const CHECKSUM = 1;
const MORE_TO_COME = 2;
const REQUIRED_BITS = 0xffff;

/** A request of a client. */
export interface Request {
  readonly id: number;
  readonly command: Doc;
  /** The database, from `$db` or the namespace of an OP_QUERY. */
  readonly db: string;
  /** The client waits for no answer. */
  readonly unacknowledged: boolean;
  readonly legacy: boolean;
}

/**
 * Reads one whole message.
 * @throws MongoError for what cannot be answered; the connection is then closed.
 */
export function readRequest(message: Buffer): Request {
  const id = message.readInt32LE(4);
  const opcode = message.readInt32LE(12);
  if (opcode === OP_MSG) return readMsg(message, id);
  if (opcode === OP_QUERY) return readQuery(message, id);
  throw new MongoError('BadValue', `this server does not read messages with opcode ${opcode}`);
}

function readMsg(message: Buffer, id: number): Request {
  if (message.length < HEADER + 4 + 1 + 5) throw new MongoError('BadValue', 'OP_MSG is cut off');
  const flags = message.readUInt32LE(HEADER);
  if (flags & REQUIRED_BITS & ~(CHECKSUM | MORE_TO_COME)) {
    throw new MongoError(40429, `OP_MSG has flags this server does not know: ${flags}`);
  }
  let end = message.length;
  if (flags & CHECKSUM) {
    end -= 4;
    if (crc32c(message.subarray(0, end)) !== message.readUInt32LE(end))
      throw new MongoError(40585, 'OP_MSG checksum does not match contents');
  }
  let body: Doc | undefined;
  const sequences: [string, Value[]][] = [];
  for (let at = HEADER + 4; at < end; ) {
    const kind = message[at++];
    if (kind === 0) {
      if (body) throw new MongoError(40430, 'OP_MSG has two bodies');
      const length = docLength(message.subarray(0, end), at);
      body = decodeDoc(message.subarray(at, at + length));
      at += length;
    } else if (kind === 1) {
      const [name, docs, next] = readSequence(message, at, end);
      if (sequences.some(([other]) => other === name))
        throw new MongoError(40431, `OP_MSG has the document sequence ${name} twice`);
      sequences.push([name, docs]);
      at = next;
    } else throw new MongoError(40432, `OP_MSG has a section of unknown kind ${kind}`);
  }
  if (!body) throw new MongoError(40587, 'OP_MSG has no body');
  for (const [name, docs] of sequences) setKey(body, name, docs);
  return {
    id,
    command: body,
    db: String(body['$db'] ?? ''),
    unacknowledged: (flags & MORE_TO_COME) !== 0,
    legacy: false,
  };
}

function readSequence(message: Buffer, start: number, limit: number): [string, Value[], number] {
  if (start + 4 > limit) throw new MongoError('InvalidBSON', 'a document sequence is cut off');
  const end = start + message.readInt32LE(start);
  if (end > limit || end < start + 5)
    throw new MongoError('InvalidBSON', 'a document sequence has a wrong length');
  const nameEnd = message.indexOf(0, start + 4);
  if (nameEnd < 0 || nameEnd >= end) throw new MongoError('InvalidBSON', 'a document sequence has no name');
  const docs: Value[] = [];
  let at = nameEnd + 1;
  const within = message.subarray(0, end);
  while (at < end) {
    const length = docLength(within, at);
    docs.push(decodeDoc(message.subarray(at, at + length)));
    at += length;
  }
  return [message.toString('utf8', start + 4, nameEnd), docs, end];
}

function readQuery(message: Buffer, id: number): Request {
  const nameEnd = message.indexOf(0, HEADER + 4);
  if (nameEnd < 0 || nameEnd + 9 > message.length) throw new MongoError('BadValue', 'OP_QUERY is cut off');
  const ns = message.toString('utf8', HEADER + 4, nameEnd);
  const command = decodeDoc(message, nameEnd + 9);
  return { id, command, db: ns.split('.')[0] ?? '', unacknowledged: false, legacy: true };
}

let nextId = 1;

/** The answer to a request as a message. */
export function replyMessage(request: Request, reply: Doc): Buffer {
  const head = request.legacy ? HEADER + 20 : HEADER + 5;
  const message = encodeAfter(reply, head);
  nextId = (nextId + 1) & 0x7fffffff;
  message.writeInt32LE(message.length, 0);
  message.writeInt32LE(nextId, 4);
  message.writeInt32LE(request.id, 8);
  message.writeInt32LE(request.legacy ? OP_REPLY : OP_MSG, 12);
  if (request.legacy) {
    message.fill(0, HEADER, head);
    message.writeInt32LE(8, HEADER);
    message.writeInt32LE(1, HEADER + 16);
  } else message.fill(0, HEADER, head);
  return message;
}
