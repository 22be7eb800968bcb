import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { killRounds } from './kill-rounds.js';

const { values } = parseArgs({
  options: { rounds: { type: 'string', default: '100' }, seed: { type: 'string', default: '1' } },
});
const dataDir = mkdtempSync(join(tmpdir(), 'segue-kill-rounds-'));
try {
  const rounds = Number(values.rounds);
  const report = await killRounds({
    dataDir,
    rounds,
    seed: Number(values.seed),
    onRound: (round) => process.stderr.write(`\rround ${round} of ${rounds}`),
  });
  process.stderr.write('\n');
  process.stdout.write(`${JSON.stringify(report)}\n`);
  process.exitCode = report.lost + report.halfDocuments + report.indexErrors === 0 ? 0 : 1;
} finally {
  rmSync(dataDir, { recursive: true, force: true });
}
