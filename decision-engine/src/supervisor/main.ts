import { fileURLToPath } from 'node:url';
import { consoleProgram } from './console-process.js';
import { phaseDisplay } from './phase-display.js';
import { resolveDatabase } from './resolve-database.js';
import { supervise } from './supervise.js';
import { loadSupervisorConfig, type SupervisorConfig } from './supervisor-config.js';

const stop = new AbortController();
const onSignal = () => {
  // Asked twice, it goes at once; the children notice that we are gone.
  if (stop.signal.aborted) process.exit(1);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);
process.on('SIGHUP', onSignal);
process.on('disconnect', onSignal);

const config = readConfig();
if (config !== null) {
  const code = await supervise({
    config,
    env: process.env,
    engine: { script: fileURLToPath(new URL('../main.js', import.meta.url)), args: [] },
    consoleProgram: consoleProgram(),
    resolveDatabase,
    display: phaseDisplay({ stream: process.stderr, now: Date.now }),
    say: (text) => void process.stdout.write(`${text}\n`),
    stop: stop.signal,
    now: Date.now,
    stopsWithin: { console: 5_000, engine: 20_000 },
  });
  process.exit(code);
}

function readConfig(): SupervisorConfig | null {
  try {
    return loadSupervisorConfig(process.env);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return null;
  }
}
