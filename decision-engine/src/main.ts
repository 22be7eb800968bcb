import { loadConfig } from './config.js';
import { createLog } from './start/log.js';
import { parentOf } from './start/parent.js';
import { type StartedEngine, startEngine } from './start/start-engine.js';

const tell = parentOf(process);
let started: StartedEngine | null = null;
let stopping: Promise<void> | null = null;

/** Lets what is under way finish, then goes; a second request goes at once. */
function stop(): void {
  if (stopping !== null) process.exit(1);
  stopping = (started === null ? Promise.resolve() : started.stop()).then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

process.on('SIGTERM', stop);
process.on('disconnect', stop);
// Ctrl-C reaches every process of the terminal; the supervisor stops this one in its turn.
process.on('SIGINT', () => {
  if (process.connected !== true) stop();
});

try {
  const config = loadConfig(process.env);
  const log = createLog(config.logLevel);
  started = await startEngine({ config, log, tell, clock: () => new Date(), env: process.env });
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  tell({ type: 'fatal', message });
  process.stderr.write(`${error instanceof Error ? (error.stack ?? message) : message}\n`);
  process.exit(1);
}
