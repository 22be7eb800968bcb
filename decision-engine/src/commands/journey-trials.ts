import { runTrialCommand } from '../journeys/trials/trial-command.js';

process.exitCode = await runTrialCommand({
  argv: process.argv.slice(2),
  env: process.env,
  stdout: process.stdout,
  stderr: process.stderr,
});
