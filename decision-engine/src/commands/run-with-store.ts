import { userInfo } from 'node:os';
import type { AuditWho } from '../audit/audit-document.js';
import { audited } from '../audit/audited.js';
import { timeOrderedId } from '../decisions/record-id.js';
import type { Store } from '../store/store.js';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';

/** How a command line was read: the arguments, `help`, or what is wrong with it. */
export type ReadArguments<Arguments extends object> = Arguments | 'help' | { readonly problem: string };

export type StoreCommand<Arguments extends object> = {
  readonly help: string;
  readonly read: (argv: readonly string[]) => ReadArguments<Arguments>;
  /** What the audit log calls it, as tRPC names the same change; null where the arguments change nothing. */
  readonly changes: (args: Arguments) => string | null;
  /** @returns the exit code */
  readonly run: (store: Store, args: Arguments) => Promise<number>;
};

/** Ended with an exit code that says so. */
class Ended extends Error {
  constructor(readonly code: number) {
    super(`ended with exit code ${code}`);
  }
}

/** A line for people, beside the output that programs read. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/** Does what somebody on this machine asked for, in the audit log under their name here. */
export function auditedCommand<Result>(
  store: Store,
  { what, input }: { readonly what: string; readonly input: unknown },
  work: () => Promise<Result>,
): Promise<Result> {
  const { username } = userInfo();
  const who: AuditWho = { kind: 'command', id: `command:${username}`, name: `${username} (command line)` };
  const surroundings = { store, clock: () => new Date(), newId: timeOrderedId };
  return audited(surroundings, { who, what, input }, work);
}

/**
 * The frame of a command that works on the store: help, a wrong command line (2), a fault (1), the store opened and
 * closed, what it changes in the audit log.
 */
export async function runWithStore<Arguments extends object>({
  help,
  read,
  changes,
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
      withStore(uri, async (store) => {
        const what = changes(args);
        if (what === null) return run(store, args);
        return auditedCommand(store, { what, input: args }, async () => {
          const code = await run(store, args);
          // So that the log says that it was not done.
          if (code !== 0) throw new Ended(code);
          return code;
        });
      }),
    );
  } catch (error) {
    if (error instanceof Ended) {
      process.exitCode = error.code;
      return;
    }
    say(error instanceof Error ? error.message : String(error));
    process.exitCode = 1;
  }
}
