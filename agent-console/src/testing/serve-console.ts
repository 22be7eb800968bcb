import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

export type ServedConsole = { url: string; close: () => Promise<void> };

const folder = fileURLToPath(new URL('../..', import.meta.url));

/** Serves the built console on a free port, with the engine at `apiPort` of the same host. */
export async function serveConsole(
  apiPort: number,
  settings: Readonly<Record<string, string>> = {},
): Promise<ServedConsole> {
  const port = await freePort();
  const main = fileURLToPath(new URL('../../serve/main.mjs', import.meta.url));
  const child = spawn(process.execPath, [main, '--hostname', '127.0.0.1', '--port', String(port)], {
    cwd: folder,
    env: {
      // biome-ignore lint/style/noProcessEnv: a child needs a PATH and nothing else of this shell
      PATH: process.env['PATH'],
      NODE_ENV: 'production',
      NEXT_TELEMETRY_DISABLED: '1',
      SEGUE_API_PORT: String(apiPort),
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('The console listens')) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => reject(new Error(`The console did not start. Build it first.\n${said}`)));
  });
  return {
    url: `http://127.0.0.1:${port}`,
    close: async () => {
      if (child.exitCode !== null) return;
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('Expected a port, got none');
  return address.port;
}
