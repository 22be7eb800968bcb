import { cpus, hostname, totalmem } from 'node:os';
import { Binary } from 'bson';
import { speculativeScram } from '../auth/scram-conversation.js';
import { Doc, docOf, isDoc, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import { integer } from '../numeric/number.js';
import { type Command, type CommandContext, reply } from './command.js';

/** The version whose semantics this server has; see the README. */
export const VERSION = '8.0.0';
const VERSION_ARRAY = [8, 0, 0, 0];
const MAX_WIRE_VERSION = 25;

export const hello: Command = (command, context) => {
  const client = command['client'];
  if (isDoc(client) && isDoc(client['application']))
    context.client.appName = String(client['application']['name'] ?? '');
  const legacy = command['hello'] === undefined;
  const mechanisms =
    command['saslSupportedMechs'] !== undefined && context.server.credentials ? ['SCRAM-SHA-256'] : undefined;
  return reply([
    ['helloOk', true],
    [legacy ? 'ismaster' : 'isWritablePrimary', true],
    ['maxBsonObjectSize', 16 * 1024 * 1024],
    ['maxMessageSizeBytes', 48_000_000],
    ['maxWriteBatchSize', 100_000],
    ['localTime', context.server.now()],
    ['logicalSessionTimeoutMinutes', 30],
    ['connectionId', context.client.id],
    ['minWireVersion', 0],
    ['maxWireVersion', MAX_WIRE_VERSION],
    ['readOnly', false],
    ['saslSupportedMechs', mechanisms],
    ['speculativeAuthenticate', speculativeScram(command, context)],
  ]);
};

export const buildInfo: Command = () =>
  reply([
    ['version', VERSION],
    ['gitVersion', 'segue-embedded-mongo'],
    ['modules', []],
    ['javascriptEngine', 'none'],
    ['versionArray', VERSION_ARRAY],
    ['bits', 64],
    ['debug', false],
    ['maxBsonObjectSize', 16 * 1024 * 1024],
    ['storageEngines', ['lmdb']],
  ]);

export const hostInfo: Command = (_command, context) =>
  reply([
    [
      'system',
      docOf([
        ['currentTime', context.server.now()],
        ['hostname', hostname()],
        ['cpuAddrSize', 64],
        ['memSizeMB', BigInt(Math.floor(totalmem() / 1048576))],
        ['numCores', cpus().length],
      ]),
    ],
    [
      'os',
      docOf([
        ['type', process.platform],
        ['name', process.platform],
      ]),
    ],
    ['extra', new Doc()],
  ]);

export const connectionStatus: Command = (_command, context) => {
  const { credentials } = context.server;
  const users: Value[] =
    context.client.authenticated && credentials
      ? [
          docOf([
            ['user', credentials.user],
            ['db', 'admin'],
          ]),
        ]
      : [];
  const roles: Value[] =
    users.length > 0
      ? [
          docOf([
            ['role', 'root'],
            ['db', 'admin'],
          ]),
        ]
      : [];
  return reply([
    [
      'authInfo',
      docOf([
        ['authenticatedUsers', users],
        ['authenticatedUserRoles', roles],
      ]),
    ],
  ]);
};

export const serverStatus: Command = (_command, context) => {
  const { server, cursors } = context;
  const uptime = (server.now().getTime() - server.startedAt.getTime()) / 1000;
  const memory = process.memoryUsage();
  const cpu = process.cpuUsage();
  return reply([
    ['host', `${server.host}:${server.port}`],
    ['version', VERSION],
    ['process', 'segue-embedded-mongo'],
    ['pid', BigInt(process.pid)],
    ['uptime', integer(Math.floor(uptime))],
    ['uptimeMillis', BigInt(Math.floor(uptime * 1000))],
    ['localTime', server.now()],
    [
      'connections',
      docOf([
        ['current', server.connections],
        ['available', 100_000],
      ]),
    ],
    [
      'mem',
      docOf([
        ['bits', 64],
        ['resident', Math.floor(memory.rss / 1048576)],
      ]),
    ],
    ['metrics', docOf([['cursor', docOf([['open', docOf([['total', BigInt(cursors.count)]])]])]])],
    [
      'extra_info',
      docOf([
        ['user_time_us', BigInt(cpu.user)],
        ['system_time_us', BigInt(cpu.system)],
      ]),
    ],
    [
      'opcounters',
      docOf(Object.entries(server.counters).map(([name, count]) => [name, integer(count)] as const)),
    ],
    [
      'storageEngine',
      docOf([
        ['name', 'lmdb'],
        ['persistent', true],
      ]),
    ],
  ]);
};

export const getParameter: Command = (command, context) => {
  const { parameters } = context.server;
  if (command['getParameter'] === '*') return reply([...parameters]);
  const found = Object.keys(command).flatMap((name): [string, Value][] => {
    const value = parameters.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  if (found.length === 0) throw new MongoError('InvalidOptions', 'no option found to get');
  return reply(found);
};

export const setParameter: Command = (command, context) => {
  const { parameters } = context.server;
  for (const name of Object.keys(command)) {
    const before = parameters.get(name);
    const value = command[name];
    if (before === undefined || value === undefined || name === 'featureCompatibilityVersion') continue;
    parameters.set(name, value);
    return reply([['was', before]]);
  }
  throw new MongoError(
    'InvalidOptions',
    `attempted to set unrecognized parameter [${Object.keys(command)[1] ?? ''}], use help:true to see options `,
  );
};

export const whatsMyUri: Command = () => reply([['you', '127.0.0.1:0']]);
export const ok: Command = () => reply();
export const getLog: Command = (command) =>
  command['getLog'] === '*'
    ? reply([['names', ['global', 'startupWarnings']]])
    : reply([
        ['totalLinesWritten', 0],
        ['log', []],
      ]);
export const getCmdLineOpts: Command = (_command, { server }) =>
  reply([
    ['argv', []],
    ['parsed', docOf([['storage', docOf([['dbPath', server.dataDir]])]])],
  ]);
export const startSession: Command = () =>
  reply([
    [
      'id',
      docOf([
        ['id', new Binary(Buffer.from(crypto.randomUUID().replaceAll('-', ''), 'hex'), Binary.SUBTYPE_UUID)],
      ]),
    ],
    ['timeoutMinutes', 30],
  ]);

export function notOnStandalone(message: string): Command {
  return (_command: Doc, _context: CommandContext) => {
    throw new MongoError('IllegalOperation', message);
  };
}
