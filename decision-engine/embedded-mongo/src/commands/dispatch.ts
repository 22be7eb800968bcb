import { type Doc, isDoc, keysOf } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { isNumeric, toNumber, truthy } from '../numeric/number.js';
import type { Request } from '../protocol/wire.js';
import { typeOf } from '../query/type-names.js';
import { commandTable, OPEN_COMMANDS } from './all.js';
import type { Client, CommandContext } from './command.js';
import { explainCommand } from './explain.js';
import { FailPoints } from './fail-point.js';
import { checkFields } from './known-fields.js';
import { type RetriedWrites, retryKey } from './retryable-writes.js';

/** The commands whose write concern is checked, and which a session may retry. */
const WRITES = new Set([
  'insert',
  'update',
  'delete',
  'findAndModify',
  'findandmodify',
  'bulkWrite',
  'create',
  'createIndexes',
  'drop',
  'dropDatabase',
  'dropIndexes',
  'renameCollection',
  'collMod',
  'aggregate',
]);

export interface DispatchOptions {
  readonly context: Omit<CommandContext, 'client' | 'db'>;
  readonly retried: RetriedWrites;
  log(line: string): void;
}

/** Answers requests: finds the command, checks what is common to all, turns faults into replies. */
export class Dispatcher {
  private readonly failPoints = new FailPoints();
  private readonly commands = commandTable(this.failPoints);

  constructor(private readonly options: DispatchOptions) {}

  async answer(request: Request, client: Client): Promise<Doc | undefined> {
    const command = unwrapped(request);
    const [name = ''] = keysOf(command);
    const failure = name === 'configureFailPoint' ? undefined : this.failPoints.hit(name, client);
    if (failure?.blockMs) await new Promise((resolve) => setTimeout(resolve, failure.blockMs));
    if (failure?.kind === 'close') return undefined;
    try {
      if (failure?.kind === 'error') throw failure.error;
      const reply = await this.run(name, command, { db: request.db, client, legacy: request.legacy });
      if (failure?.kind === 'writeConcern' && keysOf(failure.writeConcernError).length > 0) {
        reply['writeConcernError'] = failure.writeConcernError;
        if (failure.labels) reply['errorLabels'] = failure.labels;
      }
      return reply;
    } catch (fault) {
      return this.failed(fault, name);
    }
  }

  private failed(fault: unknown, name: string): Doc {
    if (fault instanceof MongoError) return fault.toReply();
    if (fault instanceof RangeError && fault.message.includes('call stack')) {
      return new MongoError('Overflow', 'the command is nested too deeply').toReply();
    }
    const message = fault instanceof Error ? fault.message : String(fault);
    this.options.log(`${name} failed: ${fault instanceof Error ? (fault.stack ?? message) : message}`);
    const full = /MDB_MAP_FULL|ENOSPC|No space/.test(message);
    return new MongoError(full ? 'OutOfDiskSpace' : 'InternalError', message).toReply();
  }

  private async run(
    name: string,
    command: Doc,
    at: { db: string; client: Client; legacy: boolean },
  ): Promise<Doc> {
    const run = this.commands.get(name);
    if (!run) throw new MongoError('CommandNotFound', `no such command: '${name}'`);
    if (at.legacy && name !== 'hello' && name !== 'isMaster' && name !== 'ismaster') {
      throw new MongoError(
        352,
        `Unsupported OP_QUERY command: ${name}. The client driver may require an upgrade.`,
      );
    }
    const { context, retried } = this.options;
    if (context.server.credentials && !at.client.authenticated && !OPEN_COMMANDS.has(name)) {
      throw new MongoError('Unauthorized', `Command ${name} requires authentication`);
    }
    if (at.db === '') throw new MongoError(40571, 'OP_MSG requests require a $db argument');
    checkTransaction(command);
    checkConcerns(name, command);
    checkFields(command);
    context.server.counters.command++;
    const full: CommandContext = { ...context, client: at.client, db: at.db };
    if (truthy(command['explain']) && name === 'aggregate') return explainCommand(command, false, full);
    const key = WRITES.has(name) ? retryKey(command) : undefined;
    if (key === undefined) return run(command, full);
    return retried.once(key, async (remember) => run(command, { ...full, remember }));
  }
}

/** Old handshakes put the command into `$query`. */
function unwrapped({ command, legacy }: Request): Doc {
  const query = command['$query'];
  return legacy && isDoc(query) ? query : command;
}

/** A standalone server has no transactions. */
function checkTransaction(command: Doc): void {
  if (command['startTransaction'] === undefined && command['autocommit'] === undefined) return;
  throw new MongoError(
    'IllegalOperation',
    'Transaction numbers are only allowed on a replica set member or mongos',
  );
}

const READ_LEVELS = new Set(['local', 'available', 'majority', 'linearizable', 'snapshot']);

function checkConcerns(name: string, command: Doc): void {
  const { readConcern, writeConcern, apiVersion } = command;
  if (apiVersion !== undefined && apiVersion !== '1')
    throw new MongoError('APIVersionError', 'API version must be "1"');
  if (isDoc(readConcern)) {
    const { level } = readConcern;
    if (level !== undefined && !READ_LEVELS.has(String(level))) {
      throw new MongoError(
        'BadValue',
        `Enumeration value '${String(level)}' for field 'readConcern.level' is not a valid value.`,
      );
    }
    if (level === 'snapshot')
      throw new MongoError(123, 'node needs to be a replica set member to use readConcern: snapshot');
    if (level === 'linearizable')
      throw new MongoError(123, 'node needs to be a replica set member to use readConcern: linearizable');
  }
  if (writeConcern === undefined || !WRITES.has(name)) return;
  if (!isDoc(writeConcern))
    throw new MongoError(
      'TypeMismatch',
      `BSON field 'writeConcern' is the wrong type '${typeOf(writeConcern)}', expected type 'object'`,
    );
  const { w } = writeConcern;
  if (isNumeric(w) && toNumber(w) > 1)
    throw new MongoError('BadValue', "cannot use 'w' > 1 when a host is not replicated");
  if (typeof w === 'string' && w !== 'majority')
    throw new MongoError(
      'BadValue',
      "cannot use non-majority 'w' mode when a host is not a member of a replica set",
    );
}
