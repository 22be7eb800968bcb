import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { z } from 'zod';
import { runRetrainCommand } from '../drift/retrain-command.js';
import { readChampion } from '../scoring/champions.js';
import { withStore } from '../store/with-store.js';
import { withDatabase } from '../supervisor/resolve-database.js';
import { loadDatabaseConfig } from '../supervisor/supervisor-config.js';
import { runTrainCommand } from '../train/train-command.js';

const stop = new AbortController();
const onSignal = () => {
  if (stop.signal.aborted) process.exit(130);
  stop.abort();
};
process.on('SIGINT', onSignal);
process.on('SIGTERM', onSignal);

const modelsFolder = join(loadDatabaseConfig(process.env).dataFolder, 'models');
const said = (line: string) => void process.stderr.write(`${line}\n`);
const trained = z.object({ version: z.string().nullable() });

process.exitCode = await withDatabase(process.env, said, (uri) =>
  runRetrainCommand({
    argv: process.argv.slice(2),
    modelsFolder,
    withStore: (work) => withStore(uri, work),
    train: async (argv) => {
      const parts: string[] = [];
      const stdout = new PassThrough();
      stdout.on('data', (part: Buffer) => parts.push(part.toString()));
      const code = await runTrainCommand({
        argv,
        modelsFolder,
        withDatabase: (work) => work(uri),
        stdout,
        stderr: process.stderr,
        signal: stop.signal,
        now: Date.now,
      });
      const last = parts.join('').trimEnd().split('\n').at(-1) ?? '';
      return { code, version: code === 0 ? trained.parse(JSON.parse(last)).version : null };
    },
    champion: (model) => readChampion(modelsFolder, model),
    stdout: process.stdout,
    stderr: process.stderr,
    now: Date.now,
  }),
);
