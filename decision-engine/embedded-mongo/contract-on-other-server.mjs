// Holds the storage contract against a MongoDB-compatible server that is not ours, where one can be had: `mongod` on
// PATH, else FerretDB with its SQLite backend, which is built once where Go is on the machine. Else it says that it
// was skipped. Writes vitest's report to .test-results/contract-other.json; a skip is a report with no tests.
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { env, execPath, exit, stdout } from 'node:process';
import { fileURLToPath } from 'node:url';

const FERRETDB = 'v1.24.0';
const here = fileURLToPath(new URL('.', import.meta.url));
const cache = fileURLToPath(new URL(`../../.data/other-servers/ferretdb-${FERRETDB}/`, import.meta.url));
const report = join(here, '.test-results', 'contract-other.json');
const say = (line) => stdout.write(`${line}\n`);

function onPath(command, args) {
  return spawnSync(command, args, { stdio: 'ignore' }).status === 0;
}

/** FerretDB as a package in a program of ours: its own command cannot be built outside of its repository. */
const PROGRAM = `package main

import (
	"context"
	"log"
	"os"

	"github.com/FerretDB/FerretDB/ferretdb"
)

// Usage: ferretdb ADDRESS SQLITE_URL
func main() {
	server, err := ferretdb.New(&ferretdb.Config{
		Listener:  ferretdb.ListenerConfig{TCP: os.Args[1]},
		Handler:   "sqlite",
		SQLiteURL: os.Args[2],
	})
	if err != nil {
		log.Fatal(err)
	}
	if err := server.Run(context.Background()); err != nil {
		log.Fatal(err)
	}
}
`;

/** The FerretDB program, built once; undefined where Go could not. */
function ferretdb() {
  const program = join(cache, 'ferretdb');
  if (existsSync(program)) return program;
  mkdirSync(cache, { recursive: true });
  say(`Building FerretDB ${FERRETDB} with Go; this takes some minutes, once.`);
  const module = `module otherserver\n\ngo 1.22\n\nrequire github.com/FerretDB/FerretDB ${FERRETDB}\n`;
  writeFileSync(join(cache, 'go.mod'), module);
  writeFileSync(join(cache, 'main.go'), PROGRAM);
  for (const args of [
    ['mod', 'tidy'],
    ['build', '-o', program, '.'],
  ]) {
    const { status, stderr } = spawnSync('go', args, { cwd: cache, encoding: 'utf8' });
    if (status !== 0) {
      say(`go ${args.join(' ')} failed: ${stderr.trim().split('\n').slice(-3).join(' ')}`);
      return undefined;
    }
  }
  return program;
}

/** How to start the other server on a port and a folder; undefined where none can be had. */
function otherServer() {
  if (onPath('mongod', ['--version'])) {
    return {
      name: 'mongod',
      start: (port, dir) => ['mongod', ['--port', String(port), '--dbpath', dir, '--bind_ip', '127.0.0.1']],
    };
  }
  if (!onPath('go', ['version'])) return undefined;
  const program = ferretdb();
  if (!program) return undefined;
  return {
    name: `FerretDB ${FERRETDB} (SQLite)`,
    start: (port, dir) => [program, [`127.0.0.1:${port}`, `file:${dir}/`]],
  };
}

function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Whether somebody listens on the port before the time is up. */
async function listens(port, deadline) {
  while (Date.now() < deadline) {
    const open = await new Promise((resolve) => {
      const socket = connect(port, '127.0.0.1', () => resolve(true));
      socket.on('error', () => resolve(false));
      socket.on('connect', () => socket.destroy());
    });
    if (open) return true;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  return false;
}

function skipped(reason) {
  mkdirSync(join(here, '.test-results'), { recursive: true });
  writeFileSync(
    report,
    JSON.stringify({
      numTotalTests: 0,
      numPassedTests: 0,
      numFailedTests: 0,
      numPendingTests: 0,
      success: true,
      testResults: [],
    }),
  );
  say(`The storage contract on another server was skipped: ${reason}.`);
}

const other = otherServer();
if (!other) {
  skipped('neither mongod nor a FerretDB that Go could build is here');
  exit(0);
}
const dir = mkdtempSync(join(tmpdir(), 'segue-other-server-'));
const port = await freePort();
const [command, args] = other.start(port, dir);
const child = spawn(command, args, { stdio: 'ignore' });
let status = 0;
try {
  if (await listens(port, Date.now() + 30_000)) {
    say(`Holding the storage contract against ${other.name}.`);
    const vitest = fileURLToPath(new URL('../../node_modules/vitest/vitest.mjs', import.meta.url));
    const run = spawnSync(
      execPath,
      [vitest, 'run', 'src/contract', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
      {
        cwd: here,
        stdio: 'inherit',
        env: { ...env, MONGODB_URI: `mongodb://127.0.0.1:${port}/` },
      },
    );
    status = run.status ?? 1;
  } else skipped(`${other.name} did not start`);
} finally {
  child.kill();
  rmSync(dir, { recursive: true, force: true });
}
exit(status);
