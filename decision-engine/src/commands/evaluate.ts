import { runEvaluateCommand } from '../train/evaluate-command.js';

process.exitCode = await runEvaluateCommand({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
});
