import { Binary } from 'bson';
import { type Doc, docOf, isDoc } from '../bson/value.js';
import type { Command, CommandContext } from '../commands/command.js';
import { reply } from '../commands/command.js';
import { MongoError } from '../errors.js';
import { type Scram, scramFinish, scramStart } from './scram.js';

interface Conversation {
  readonly scram: Scram;
  proven: boolean;
}

function failed(): MongoError {
  return new MongoError('AuthenticationFailed', 'Authentication failed.');
}

function payloadOf(command: Doc): string {
  const { payload } = command;
  if (payload instanceof Binary) return Buffer.from(payload.buffer.subarray(0, payload.position)).toString();
  return typeof payload === 'string' ? payload : '';
}

function step(text: string, done: boolean): readonly (readonly [string, Binary | number | boolean])[] {
  return [
    ['conversationId', 1],
    ['done', done],
    ['payload', new Binary(Buffer.from(text))],
  ];
}

function begin(command: Doc, { client, server }: CommandContext): string {
  if (command['mechanism'] !== 'SCRAM-SHA-256') {
    throw new MongoError(
      'MechanismUnavailable',
      `Received authentication for mechanism ${String(command['mechanism'])} which is not enabled`,
    );
  }
  if (!server.credentials) throw failed();
  const scram = scramStart(payloadOf(command), server.credentials);
  if (!scram) throw failed();
  const conversation: Conversation = { scram, proven: false };
  client.sasl = conversation;
  return scram.serverFirst;
}

export const saslStart: Command = (command, context) => reply(step(begin(command, context), false));

export const saslContinue: Command = (command, { client, server }) => {
  const conversation = client.sasl as Conversation | undefined;
  if (!conversation || !server.credentials) throw new MongoError(17, 'No SASL session state found');
  if (conversation.proven) {
    client.authenticated = true;
    client.sasl = undefined;
    return reply(step('', true));
  }
  const final = scramFinish(payloadOf(command), conversation.scram, server.credentials);
  if (final === undefined) {
    client.sasl = undefined;
    throw failed();
  }
  conversation.proven = true;
  client.authenticated = true;
  return reply(step(final, true));
};

/** The first step of a conversation that a client puts into its handshake; undefined where there is none. */
export function speculativeScram(command: Doc, context: CommandContext): Doc | undefined {
  const start = command['speculativeAuthenticate'];
  if (!isDoc(start) || !context.server.credentials || start['mechanism'] !== 'SCRAM-SHA-256')
    return undefined;
  try {
    return docOf(step(begin(start, context), false));
  } catch (fault) {
    if (fault instanceof MongoError) return undefined;
    throw fault;
  }
}
