import { runBenchCommand } from '../bench/bench-command.js';

process.exitCode = await runBenchCommand({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
