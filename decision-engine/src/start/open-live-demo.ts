import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { createApiKey } from '../access/api-keys.js';
import type { Engine } from '../engine/engine.js';
import type { LiveDemoOrder } from '../live-demo/live-demo-message.js';

const LIVE_DEMO_PROCESS = fileURLToPath(new URL('../live-demo/main.js', import.meta.url));
const KEY_NAME = 'demo shop, live';
/** Shop seconds in a second. */
const SPEED = 30;
const STOPS_WITHIN_MS = 5_000;

export type LiveDemo = { stop(): Promise<void> };

/**
 * Lets the demo shop go on with its life against the running API, in a process of its own. Its API key is made anew each
 * time; the one of the start before is taken back.
 */
export async function openLiveDemo(
  engine: Engine,
  world: Omit<LiveDemoOrder, 'writeKey' | 'speed'>,
): Promise<LiveDemo> {
  const { store, log } = engine;
  await store.apiKeys.deleteMany({ name: KEY_NAME });
  const writeKey = await createApiKey(store, {
    name: KEY_NAME,
    scopes: ['events:write', 'decide', 'feedback'],
    now: engine.clock(),
  });
  const child = fork(LIVE_DEMO_PROCESS, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
  child.on('error', (error) => log.warn({ err: error }, 'the live demo could not be started'));
  child.send({ ...world, writeKey, speed: SPEED } satisfies LiveDemoOrder);
  return { stop: () => stopChild(child) };
}

async function stopChild(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  await new Promise<void>((resolve) => {
    const deadline = setTimeout(() => child.kill('SIGKILL'), STOPS_WITHIN_MS);
    child.once('exit', () => {
      clearTimeout(deadline);
      resolve();
    });
    child.kill('SIGTERM');
  });
}
