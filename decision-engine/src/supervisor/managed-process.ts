import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';

const KEPT_LINES = 30;
const PIPES_MAY_LAG_MS = 500;

export type Ending = { readonly code: number | null; readonly signal: NodeJS.Signals | null };

export type ProcessOptions = {
  /** As people read it: `the engine`. */
  readonly name: string;
  /** A JavaScript file, run by this same Node. */
  readonly script: string;
  readonly args?: readonly string[];
  /** Flags for Node itself. */
  readonly nodeArgs?: readonly string[];
  readonly cwd?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** How it is asked to stop: a signal, or by closing the channel, which it takes for the loss of its parent. */
  readonly stopBy: 'signal' | 'disconnect';
  readonly onMessage: (message: unknown) => void;
  readonly onLine: (line: string, from: 'stdout' | 'stderr') => void;
};

/** A child of ours that can be told to stop, and whose end is never missed. */
export type ManagedProcess = {
  readonly name: string;
  readonly pid: number | undefined;
  /** Settles once, when the process is gone, for whatever reason; never rejects. */
  readonly ended: Promise<Ending>;
  /** The last lines it wrote. */
  lastLines(): readonly string[];
  /** Asks it to stop, and kills it when the deadline (milliseconds) has passed. */
  stop(deadlineMs: number): Promise<Ending>;
};

/**
 * Starts a Node script with a message channel to it. It stands in a process group of its own, so that a Ctrl-C in the
 * terminal reaches only the supervisor, which then stops its children in order.
 */
export function startProcess(options: ProcessOptions): ManagedProcess {
  const child = fork(options.script, [...(options.args ?? [])], {
    ...(options.cwd === undefined ? {} : { cwd: options.cwd }),
    env: { ...options.env },
    execArgv: [...(options.nodeArgs ?? [])],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    detached: process.platform !== 'win32',
  });
  const lines: string[] = [];
  const follow = (stream: Readable | null, from: 'stdout' | 'stderr') => {
    if (stream === null) return;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      if (lines.length > KEPT_LINES) lines.shift();
      options.onLine(line, from);
    });
  };
  follow(child.stdout, 'stdout');
  follow(child.stderr, 'stderr');
  child.on('message', options.onMessage);
  const ended = new Promise<Ending>((fulfil) => {
    child.once('error', (error) => {
      lines.push(error.message);
      if (child.pid === undefined) fulfil({ code: null, signal: null });
    });
    child.once('exit', (code, signal) => {
      // What it wrote arrives within moments of its end; but a grandchild may hold the pipes open. `close` is of no use
      // here: after our own `disconnect` it never comes.
      void Promise.race([
        Promise.all([closed(child.stdout), closed(child.stderr)]),
        wait(PIPES_MAY_LAG_MS, undefined, { ref: false }),
      ]).then(() => fulfil({ code, signal }));
    });
  });
  return {
    name: options.name,
    pid: child.pid,
    ended,
    lastLines: () => [...lines],
    async stop(deadlineMs) {
      if (child.exitCode === null && child.signalCode === null) {
        if (options.stopBy === 'disconnect' && child.connected) child.disconnect();
        else child.kill('SIGTERM');
      }
      const deadline = setTimeout(() => child.kill('SIGKILL'), deadlineMs);
      const ending = await ended;
      clearTimeout(deadline);
      return ending;
    },
  };
}

function closed(stream: Readable | null): Promise<unknown> {
  return stream === null || stream.closed ? Promise.resolve() : once(stream, 'close');
}

/** How a process ended, in words. */
export function describeEnding(ending: Ending): string {
  if (ending.signal !== null) return `was ended by ${ending.signal}`;
  return ending.code === null ? 'could not be started' : `ended with exit code ${ending.code}`;
}
