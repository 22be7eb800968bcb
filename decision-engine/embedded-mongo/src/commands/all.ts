import { saslContinue, saslStart } from '../auth/scram-conversation.js';
import { aggregate } from './aggregate.js';
import { bulkWrite } from './bulk-write.js';
import {
  collMod,
  collStats,
  create,
  dbStats,
  drop,
  dropDatabase,
  listCollections,
  listDatabases,
  renameCollection,
} from './collections.js';
import { type Command, reply } from './command.js';
import { remove } from './delete.js';
import { explain } from './explain.js';
import { configureFailPoint, type FailPoints } from './fail-point.js';
import { find } from './find.js';
import { findAndModify } from './find-and-modify.js';
import { createIndexes, dropIndexes, listIndexes } from './indexes.js';
import { insert } from './insert.js';
import { currentOp, dataSize, killOp, listCommands, profile, validate } from './maintenance.js';
import { count, distinct, getMore, killCursors } from './read-commands.js';
import {
  buildInfo,
  connectionStatus,
  getCmdLineOpts,
  getLog,
  getParameter,
  hello,
  hostInfo,
  notOnStandalone,
  ok,
  serverStatus,
  setParameter,
  startSession,
  whatsMyUri,
} from './server-info.js';
import { update } from './update.js';

/** The commands that are answered before a client has proven who it is. */
export const OPEN_COMMANDS = new Set([
  'hello',
  'isMaster',
  'ismaster',
  'saslStart',
  'saslContinue',
  'ping',
  'buildInfo',
  'buildinfo',
  'logout',
  'getnonce',
  'whatsmyuri',
  'connectionStatus',
]);

/** Every command by its name. */
export function commandTable(failPoints: FailPoints): ReadonlyMap<string, Command> {
  const noReplica = notOnStandalone('This node was not started with replication enabled.');
  const noTransactions = notOnStandalone(
    'Transaction numbers are only allowed on a replica set member or mongos',
  );
  const table: ReadonlyMap<string, Command> = new Map<string, Command>(
    Object.entries({
      hello,
      isMaster: hello,
      ismaster: hello,
      ping: ok,
      buildInfo,
      buildinfo: buildInfo,
      hostInfo,
      connectionStatus,
      serverStatus,
      getParameter,
      setParameter,
      whatsmyuri: whatsMyUri,
      getLog,
      getCmdLineOpts,
      logout: ok,
      usersInfo: () => reply([['users', []]]),
      rolesInfo: () => reply([['roles', []]]),
      startSession,
      endSessions: ok,
      killSessions: ok,
      killAllSessions: ok,
      killAllSessionsByPattern: ok,
      refreshSessions: ok,
      fsync: ok,
      top: ok,
      features: ok,
      saslStart,
      saslContinue,
      listDatabases,
      listCollections,
      create,
      drop,
      dropDatabase,
      renameCollection,
      collMod,
      collStats,
      collstats: collStats,
      dbStats,
      dbstats: dbStats,
      createIndexes,
      listIndexes,
      dropIndexes,
      deleteIndexes: dropIndexes,
      insert,
      find,
      aggregate,
      update,
      delete: remove,
      findAndModify,
      findandmodify: findAndModify,
      count,
      distinct,
      getMore,
      killCursors,
      bulkWrite,
      explain,
      validate,
      currentOp,
      killOp,
      profile,
      dataSize,
      datasize: dataSize,
      compact: ok,
      planCacheClear: ok,
      listCommands: listCommands(() => table.keys()),
      configureFailPoint: configureFailPoint(failPoints),
      commitTransaction: noTransactions,
      abortTransaction: noTransactions,
      replSetGetStatus: noReplica,
      replSetGetConfig: noReplica,
      replSetInitiate: noReplica,
    } satisfies Record<string, Command>),
  );
  return table;
}
