import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A server in a process of its own, which can be killed. */
export interface SpawnedServer {
  readonly uri: string;
  readonly process: ChildProcess;
  /** From the start of the process to the message that it answers. */
  readonly startMs: number;
  kill(): Promise<void>;
}

/** The built program; undefined where the workspace is not built. */
export function builtServer(): string | undefined {
  const path = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
  return existsSync(path) ? path : undefined;
}

/** Starts the built server on a folder. @throws Error with what it wrote when it does not get ready. */
export async function spawnServer(dataDir: string): Promise<SpawnedServer> {
  const program = builtServer();
  if (program === undefined) throw new Error('The server is not built: run npm run build first');
  const started = performance.now();
  const child = spawn(process.execPath, [program, '--port', '0', '--data', dataDir], {
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
  });
  let errors = '';
  child.stderr?.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const uri = await new Promise<string>((resolve, reject) => {
    child.once('message', (message: { uri: string }) => resolve(message.uri));
    child.once('exit', (code) => reject(new Error(`The server ended with ${code}: ${errors}`)));
  });
  const kill = async (): Promise<void> => {
    const gone = once(child, 'exit');
    child.kill('SIGKILL');
    await gone;
  };
  return { uri, process: child, startMs: performance.now() - started, kill };
}
