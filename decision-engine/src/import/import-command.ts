import { basename, join } from 'node:path';
import { openBytes } from '@segue/integrations';
import { rebuildFeatures } from '../customers/rebuild-features.js';
import { ingestEvents, recoverIngest } from '../events/ingest-events.js';
import { withStore } from '../store/with-store.js';
import { chooseFormat } from './choose-format.js';
import { IMPORT_HELP, type ImportArguments, readImportArguments } from './import-arguments.js';
import { tookNothing } from './import-checkpoint.js';
import { describeImportFault } from './import-fault.js';
import { createImportProgressBar } from './import-progress-bar.js';
import { describeOutcome, type ImportCost } from './import-summary.js';
import { createRejectedFile } from './rejected-file.js';
import { type ImportOutcome, runImport } from './run-import.js';
import { createStoredCheckpoints } from './stored-checkpoint.js';

export type ImportCommandOptions = {
  readonly argv: readonly string[];
  /** Absolute. */
  readonly dataFolder: string;
  /** Gives the work a database and takes it back afterwards. */
  readonly withDatabase: <Result>(work: (uri: string) => Promise<Result>) => Promise<Result>;
  readonly stdout: NodeJS.WritableStream;
  readonly stderr: NodeJS.WritableStream;
  readonly signal: AbortSignal;
  /** Milliseconds since 1970. */
  readonly now: () => number;
  readonly peakMemoryBytes: () => number;
};

/** 0 done, 1 fault, 2 wrong command line, 130 interrupted. */
export type ImportExitCode = 0 | 1 | 2 | 130;

function exitCodeOf(outcome: ImportOutcome): ImportExitCode {
  if (outcome.status === 'interrupted') return 130;
  return tookNothing(outcome.counts) ? 1 : 0;
}

async function importFile(
  args: ImportArguments,
  rejectedPath: string,
  options: ImportCommandOptions,
): Promise<ImportOutcome> {
  // Whatever is wrong with the files is said before a database is started for them.
  const source = await openBytes(args.file);
  const format = await chooseFormat(args);
  const rejected = createRejectedFile(rejectedPath);
  const bar = createImportProgressBar(options.stderr, options.now);
  const now = () => new Date(options.now());
  try {
    return await options.withDatabase((uri) =>
      withStore(uri, async (store) => {
        await rebuildFeatures(store);
        await recoverIngest(store);
        return runImport({
          source,
          format,
          rejected,
          now,
          ingest: (events) => ingestEvents(store, events),
          checkpoints: createStoredCheckpoints(store, now),
          signal: options.signal,
          again: args.again,
          onProgress: bar.show,
        });
      }),
    );
  } finally {
    bar.stop();
    await rejected.close();
  }
}

/** The command `import`: reads its arguments, imports, says what came of it. */
export async function runImportCommand(options: ImportCommandOptions): Promise<ImportExitCode> {
  const read = readImportArguments(options.argv);
  if (read.kind === 'help') {
    options.stdout.write(IMPORT_HELP);
    return 0;
  }
  if (read.kind === 'usage') {
    options.stderr.write(`${read.message}. See --help.\n`);
    return 2;
  }
  const { args } = read;
  const rejectedPath =
    args.rejected ?? join(options.dataFolder, 'imports', `${basename(args.file)}.rejected.csv`);
  const startedAt = options.now();
  try {
    const outcome = await importFile(args, rejectedPath, options);
    const cost: ImportCost = {
      seconds: (options.now() - startedAt) / 1000,
      peakMemoryBytes: options.peakMemoryBytes(),
    };
    options.stdout.write(describeOutcome(outcome, { ...cost, file: args.file, rejectedPath }));
    return exitCodeOf(outcome);
  } catch (error) {
    options.stderr.write(`${describeImportFault(error)}\n`);
    return 1;
  }
}
