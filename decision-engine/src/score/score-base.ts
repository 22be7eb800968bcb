import { open } from 'node:fs/promises';
import type { Store } from '../store/store.js';
import { type RangeWorkers, startRangeWorkers } from './range-workers.js';
import {
  readScoreCheckpoint,
  removeScoreCheckpoint,
  type ScoreCheckpoint,
  writeScoreCheckpoint,
} from './score-checkpoint.js';
import { type IdRange, loadRangeScorer, SCORED, type ScoredModel } from './score-range.js';

export type ScoreBaseOptions = {
  readonly store: Store;
  readonly uri: string;
  readonly model: ScoredModel;
  readonly version: string;
  readonly folder: string;
  readonly out: string;
  readonly threads: number;
  /** Customers a thread takes at a time. */
  readonly batch: number;
  readonly now: Date;
  readonly signal: AbortSignal;
  readonly onProgress: (done: number, total: number) => void;
};

export type ScoredBase = {
  readonly rows: number;
  /** Customers that an earlier run had scored. */
  readonly before: number;
  readonly threads: number;
  /** False where it was interrupted; the next run goes on from there. */
  readonly whole: boolean;
};

/**
 * Scores every customer who ordered into a CSV file, in order of their ids. Interrupted or killed, it goes on where it
 * stood: the checkpoint is written after the lines are on disk, and what lies beyond it is cut off.
 */
export async function scoreBase(options: ScoreBaseOptions): Promise<ScoredBase> {
  const { store, model, version, out, batch, signal } = options;
  const known = await readScoreCheckpoint(out);
  const goesOn = known !== null && known.model === model && known.version === version ? known : null;
  const now = goesOn?.now ?? options.now;
  const { columns } = await loadRangeScorer(model, options.folder);
  const file = await open(out, goesOn === null ? 'w' : 'r+');
  let workers: RangeWorkers | undefined;
  try {
    const header = `${['customer_id', ...columns].join(',')}\n`;
    let state: ScoreCheckpoint = goesOn ?? { model, version, now, after: '', bytes: header.length, rows: 0 };
    if (goesOn === null) await file.write(header, 0);
    else await file.truncate(goesOn.bytes);
    const total = await store.customers.countDocuments(SCORED);
    workers = await startRangeWorkers({ uri: options.uri, model, folder: options.folder, now }, options);
    const keep = async (range: IdRange, scored: { readonly lines: string; readonly rows: number }) => {
      const bytes = Buffer.from(scored.lines);
      await file.write(bytes, 0, bytes.length, state.bytes);
      await file.datasync();
      state = {
        ...state,
        after: range.to,
        bytes: state.bytes + bytes.length,
        rows: state.rows + scored.rows,
      };
      await writeScoreCheckpoint(out, state);
      options.onProgress(state.rows, total);
    };
    // As many batches under way as threads, written in order.
    const underWay: { readonly range: IdRange; readonly scored: ReturnType<RangeWorkers['score']> }[] = [];
    const finishFirst = async () => {
      const first = underWay.shift();
      if (first !== undefined) await keep(first.range, await first.scored);
    };
    for await (const range of idRanges(store, { after: state.after, batch })) {
      if (signal.aborted) break;
      const scored = workers.score(range);
      scored.catch(() => {});
      underWay.push({ range, scored });
      if (underWay.length > workers.threads * 2) await finishFirst();
    }
    while (underWay.length > 0) await finishFirst();
    const whole = !signal.aborted;
    if (whole) await removeScoreCheckpoint(out);
    return { rows: state.rows, before: goesOn?.rows ?? 0, threads: workers.threads, whole };
  } finally {
    await workers?.close();
    await file.close();
  }
}

async function* idRanges(
  store: Store,
  { after, batch }: { readonly after: string; readonly batch: number },
): AsyncGenerator<IdRange> {
  const cursor = store.customers
    .find({ ...SCORED, _id: { $gt: after } }, { _id: 1 })
    .sort({ _id: 1 })
    .lean<{ _id: string }[]>()
    .cursor({ batchSize: batch });
  let ids: string[] = [];
  const range = (): IdRange => ({ from: ids[0] ?? '', to: ids.at(-1) ?? '' });
  for await (const { _id } of cursor) {
    ids.push(_id);
    if (ids.length < batch) continue;
    yield range();
    ids = [];
  }
  if (ids.length > 0) yield range();
}
