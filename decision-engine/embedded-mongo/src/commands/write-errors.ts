import { type Doc, docOf, isDoc, setKey, type Value } from '../bson/value.js';
import { MongoError } from '../errors.js';
import type { Engine } from '../storage/engine.js';

/** How long the statements of one command keep a transaction before others get their turn. */
const SLICE_MS = 20;

/** The error of one statement of a write command. */
export function writeError(index: number, fault: MongoError): Doc {
  const error = docOf([
    ['index', index],
    ['code', fault.code],
    ['errmsg', fault.message],
  ]);
  for (const [key, value] of Object.entries(fault.info)) setKey(error, key, value as Value);
  return error;
}

/** Every write does, but for those that say by `j: false` that they need not. */
export function waitsForDisk(command: Doc): boolean {
  const { writeConcern } = command;
  return !isDoc(writeConcern) || writeConcern['j'] !== false;
}

/** The statements of a command, as they are run. */
export interface Statements {
  readonly count: number;
  readonly ordered: boolean;
  readonly engine: Engine;
  /** False where the answer need not wait for the disk. */
  readonly durable: boolean;
  /** Runs a statement inside the transaction; false when it would take long and nothing was done. */
  now(at: number): boolean;
  /** Runs a statement that takes long, in steps of its own. */
  slow(at: number): Promise<void>;
  failed(at: number, fault: MongoError): void;
  /** Called inside the transaction of the last statement, or in one of its own where that was slow. */
  finished?: (() => void) | undefined;
}

/** Runs statements in their order, as many as possible in one transaction. The first error ends an ordered run. */
export async function runStatements({
  count,
  ordered,
  engine,
  durable,
  now,
  slow,
  failed,
  finished,
}: Statements): Promise<void> {
  let at = 0;
  let stopped = false;
  const fail = (fault: unknown): void => {
    if (!(fault instanceof MongoError)) throw fault;
    failed(at, fault);
    stopped = ordered;
  };
  const runNow = (): boolean => {
    const end = performance.now() + SLICE_MS;
    while (at < count && !stopped && performance.now() < end) {
      try {
        if (!now(at)) return true;
      } catch (fault) {
        fail(fault);
      }
      at++;
    }
    if (at === count || stopped) finished?.();
    return false;
  };
  while (at < count && !stopped) {
    if (!(await engine.write(runNow, durable))) continue;
    await slow(at).catch(fail);
    at++;
    if (finished && (at === count || stopped)) await engine.write(finished);
  }
}
