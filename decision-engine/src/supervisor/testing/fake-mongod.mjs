#!/usr/bin/env node
import { createServer } from 'node:net';
import process from 'node:process';

// Listens as mongod would, or ends at once when its data folder's name says so.

const after = (flag) => process.argv[process.argv.indexOf(flag) + 1];
if (process.argv.includes('--version')) process.exit(0);
if (after('--dbpath').endsWith('broken')) {
  process.stderr.write('Unable to lock the lock file\n');
  process.exit(100);
}
createServer((socket) => socket.end()).listen(Number(after('--port')), after('--bind_ip'));
