import { availableParallelism } from 'node:os';
import { runBenchModels } from './bench-models-command.js';

process.exitCode = await runBenchModels({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
  clock: () => performance.now(),
  cores: availableParallelism(),
});
