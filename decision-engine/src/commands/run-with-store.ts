import type { Store } from '../store/store.js';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';

/** How a command line was read: the arguments, `help`, or what is wrong with it. */
export type ReadArguments<Arguments extends object> = Arguments | 'help' | { readonly problem: string };

export type StoreCommand<Arguments extends object> = {
  readonly help: string;
  readonly read: (argv: readonly string[]) => ReadArguments<Arguments>;
  /** @returns the exit code */
  readonly run: (store: Store, args: Arguments) => Promise<number>;
};

/** A line for people, beside the output that programs read. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** The frame of a command that works on the store: help, a wrong command line (2), a fault (1), the store opened and closed. */
export async function runWithStore<Arguments extends object>({
  help,
  read,
  run,
}: StoreCommand<Arguments>): Promise<void> {
  const args = read(process.argv.slice(2));
  if (args === 'help') {
    process.stdout.write(help);
    return;
  }
  if ('problem' in args) {
    say(`${args.problem}. See --help.`);
    process.exitCode = 2;
    return;
  }
  try {
    process.exitCode = await withDatabase(process.env, say, (uri) =>
      withStore(uri, (store) => run(store, args)),
    );
  } catch (error) {
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
