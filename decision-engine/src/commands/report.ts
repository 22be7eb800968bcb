import { runReportCommand } from '../train/report-command.js';

process.exitCode = await runReportCommand({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
});
