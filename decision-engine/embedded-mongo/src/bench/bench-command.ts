import { mkdtempSync, rmSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { spawnServer } from '../trials/spawn-server.js';
import { bench } from './bench.js';

const { values } = parseArgs({
  options: {
    seconds: { type: 'string', default: '5' },
    connections: { type: 'string', default: '1,8,64' },
    operations: { type: 'string', default: '' },
    clients: { type: 'string', default: 'driver,raw' },
    threads: { type: 'string', default: '2' },
    uri: { type: 'string' },
  },
});
const dataDir = mkdtempSync(join(tmpdir(), 'segue-bench-'));
const server = values.uri === undefined ? await spawnServer(dataDir) : undefined;
const loadBefore = loadavg()[0];
try {
  const results = await bench(values.uri ?? server?.uri ?? '', {
    clients: values.clients.split(',').map((name) => (name === 'raw' ? 'raw' : 'driver')),
    operations: values.operations.split(','),
    connections: values.connections.split(',').map(Number),
    threads: Number(values.threads),
    seconds: Number(values.seconds),
    onStep: (step) => process.stderr.write(`\r\u001b[K${step}`),
  });
  process.stderr.write('\n');
  const machine = {
    cores: cpus().length,
    model: cpus()[0]?.model,
    node: process.version,
    loadBefore,
    loadAfter: loadavg()[0],
  };
  process.stdout.write(`${JSON.stringify({ machine, results }, null, 1)}\n`);
} finally {
  await server?.kill();
  rmSync(dataDir, { recursive: true, force: true });
}
