import { runPolicyStudyCommand } from '../evaluation/run-policy-study.js';

process.exitCode = await runPolicyStudyCommand({
  argv: process.argv.slice(2),
  stdout: process.stdout,
  stderr: process.stderr,
});
