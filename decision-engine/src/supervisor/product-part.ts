import { describeEnding, type ManagedProcess } from './managed-process.js';

/** One of the processes of the product. */
export type ProductPart = {
  readonly process: ManagedProcess;
  /** Settles with its address once it serves; never if it does not come up. */
  readonly up: Promise<string>;
  /** Settles with what went wrong, when it ended or gave up; also after an ordered stop, which the caller knows of. */
  readonly failed: Promise<string>;
};

/** What to tell of a process that ended, with its own last words. */
export async function endingOf(process: ManagedProcess): Promise<string> {
  const ending = await process.ended;
  const words = process.lastLines();
  const tail = words.length === 0 ? [] : ['Its last lines:', ...words.map((line) => `  ${line}`)];
  return [`${process.name} ${describeEnding(ending)}.`, ...tail].join('\n');
}
