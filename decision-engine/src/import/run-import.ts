import {
  type ByteSource,
  createLineSplitter,
  type FileReader,
  type ImportFormat,
  type RejectedRow,
  SourceFault,
} from '@segue/integrations';
import { createEventWriter, type EventWriter, type IngestPort } from './event-writer.js';
import { createFileTally, type FileTally } from './file-tally.js';
import {
  type CheckpointPort,
  type ImportCheckpoint,
  type ImportCounts,
  tookNothing,
} from './import-checkpoint.js';
import { surveyFile } from './survey-file.js';

/** Where rows that can't be taken are written. Each run writes all of them anew. */
export type RejectedPort = {
  write(rows: readonly RejectedRow[]): Promise<void>;
  /** Makes what was written the result, replacing that of an earlier run. */
  commit(): Promise<void>;
};

export type ImportProgress = {
  readonly phase: 'checking' | 'importing';
  /** Of the file on disk, in this phase. */
  readonly bytesRead: number;
  readonly totalBytes: number;
  readonly rows: number;
};

export type ImportOutcome =
  | { readonly status: 'imported'; readonly counts: ImportCounts; readonly resumedAtEvent: number }
  /** An earlier run finished it. Nothing was written. */
  | { readonly status: 'already-imported'; readonly counts: ImportCounts; readonly finishedAt: Date }
  /** Stopped by the signal; what is stored is on record, and the next run goes on from there. */
  | { readonly status: 'interrupted'; readonly eventsDone: number };

export type RunImportOptions = {
  readonly source: ByteSource;
  readonly format: ImportFormat;
  readonly ingest: IngestPort;
  readonly checkpoints: CheckpointPort;
  readonly rejected: RejectedPort;
  readonly now: () => Date;
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ImportProgress) => void;
  /** Go through the whole file again, even if it was imported: what is stored stays as it is. */
  readonly again?: boolean;
  /** Events stored at a time; 500 unless told. */
  readonly batchSize?: number;
};

function fresh(startedAt: Date): ImportCheckpoint {
  return { startedAt: startedAt.toISOString(), eventsDone: 0, accepted: 0, duplicates: 0, finished: null };
}

type Run = {
  readonly reader: FileReader;
  readonly tally: FileTally;
  readonly writer: EventWriter;
  readonly onBytes: (bytes: number) => void;
};

async function begin(options: RunImportOptions, key: string): Promise<ImportCheckpoint> {
  const earlier = await options.checkpoints.load(key);
  if (!earlier) {
    const checkpoint = fresh(options.now());
    await options.checkpoints.save(key, checkpoint);
    return checkpoint;
  }
  return options.again === true ? { ...earlier, ...fresh(new Date(earlier.startedAt)) } : earlier;
}

function finishedMark(counts: ImportCounts, at: Date): ImportCheckpoint['finished'] {
  // A file given with the wrong format is not done with.
  return tookNothing(counts) ? null : { at: at.toISOString(), counts };
}

/** Reads the file through, storing as it goes. @returns whether it came to the end before the signal */
async function readAndStore(options: RunImportOptions, run: Run): Promise<boolean> {
  const { reader, tally, writer } = run;
  const handOn = async (): Promise<void> => {
    await options.rejected.write(tally.takeRejected());
    await writer.write(tally.takeEvents());
  };
  const splitter = createLineSplitter(options.format.encoding);
  for await (const bytes of options.source.read(run.onBytes)) {
    for (const line of splitter.push(bytes)) reader.push(line, tally.sink);
    await handOn();
    if (options.signal.aborted) {
      await writer.flush();
      return false;
    }
  }
  for (const line of splitter.end()) reader.push(line, tally.sink);
  reader.end(tally.sink);
  await handOn();
  await writer.flush();
  await options.rejected.commit();
  run.onBytes(0);
  return true;
}

/**
 * Imports one file: surveys it, reads it, stores its events in order. A run that was killed at any point is taken up by
 * the next with the same file and format, and both together leave the same state as one clean run: reading is
 * deterministic, storing is idempotent by messageId, and the checkpoint only ever counts what is stored.
 * @throws SourceFault if the file can't be read or holds no rows; whatever `ingest` throws
 */
export async function runImport(options: RunImportOptions): Promise<ImportOutcome> {
  const tally = createFileTally();
  const progressOf = (phase: ImportProgress['phase']) => {
    let bytesRead = 0;
    return (bytes: number): void => {
      bytesRead += bytes;
      const { totalBytes } = options.source;
      options.onProgress?.({ phase, bytesRead, totalBytes, rows: tally.counts.rows });
    };
  };
  const survey = { onBytes: progressOf('checking'), signal: options.signal };
  const surveyed = await surveyFile(options.source, options.format, survey);
  if (!surveyed) return { status: 'interrupted', eventsDone: 0 };

  const key = `${options.format.key}:${surveyed.fingerprint}`;
  const earlier = await begin(options, key);
  if (earlier.finished) {
    const { at, counts } = earlier.finished;
    return { status: 'already-imported', counts, finishedAt: new Date(at) };
  }
  const save = (checkpoint: ImportCheckpoint) => options.checkpoints.save(key, checkpoint);
  const writer = createEventWriter({
    ingest: options.ingest,
    save,
    from: earlier,
    batchSize: options.batchSize ?? 500,
  });
  const reader = surveyed.createReader({ receivedAt: new Date(earlier.startedAt) });
  try {
    const complete = await readAndStore(options, { reader, tally, writer, onBytes: progressOf('importing') });
    if (!complete) return { status: 'interrupted', eventsDone: writer.checkpoint.eventsDone };
  } finally {
    await writer.idle();
  }
  if (tally.counts.rows === 0) throw new SourceFault('The file has no rows.');
  const { accepted, duplicates } = writer.checkpoint;
  const counts = { ...tally.counts, accepted, duplicates };
  await save({ ...writer.checkpoint, finished: finishedMark(counts, options.now()) });
  return { status: 'imported', counts, resumedAtEvent: earlier.eventsDone };
}
