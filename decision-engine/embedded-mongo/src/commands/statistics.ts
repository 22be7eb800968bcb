import { type Doc, docOf, isDoc } from '../bson/value.js';
import { integer } from '../numeric/number.js';
import type { Collection } from '../storage/collection.js';
import type { CommandContext } from './command.js';

/** What `$collStats` shows of a collection. */
export function collectionStatistics(
  collection: Collection | undefined,
  ns: string,
  { operand, context }: { operand: Doc; context: CommandContext },
): Doc {
  const fields: [string, Doc | string | Date | ReturnType<typeof integer>][] = [
    ['ns', ns],
    ['host', `${context.server.host}:${context.server.port}`],
    ['localTime', context.server.now()],
  ];
  if (isDoc(operand['storageStats'])) fields.push(['storageStats', storageStatistics(collection)]);
  if (isDoc(operand['count'])) fields.push(['count', integer(collection?.counters.count ?? 0)]);
  return docOf(fields);
}

export function storageStatistics(collection: Collection | undefined): Doc {
  const { count, bytes } = collection?.counters ?? { count: 0, bytes: 0 };
  const indexes = collection?.indexes ?? [];
  return docOf([
    ['size', integer(bytes)],
    ['count', integer(count)],
    ['avgObjSize', count === 0 ? undefined : integer(Math.floor(bytes / count))],
    ['storageSize', integer(bytes)],
    ['capped', collection?.capped ?? false],
    ['nindexes', indexes.length],
    ['totalIndexSize', 0],
    ['indexSizes', docOf(indexes.map((index) => [index.spec.name, 0] as const))],
  ]);
}

export function indexStatistics(collection: Collection, context: CommandContext): Doc[] {
  return collection.indexes.map((index) =>
    docOf([
      ['name', index.spec.name],
      ['key', index.spec.key],
      ['host', `${context.server.host}:${context.server.port}`],
      [
        'accesses',
        docOf([
          ['ops', 0n],
          ['since', context.server.startedAt],
        ]),
      ],
      ['spec', index.spec.options],
    ]),
  );
}

/** The session of the command itself: sessions are not kept between commands. */
export function sessionStatistics(command: Doc, context: CommandContext): Doc[] {
  const { lsid } = command;
  return isDoc(lsid)
    ? [
        docOf([
          ['_id', lsid],
          ['lastUse', context.server.now()],
        ]),
      ]
    : [];
}
