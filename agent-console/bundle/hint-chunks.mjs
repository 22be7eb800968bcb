import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Asks the browser to compile a script whole while it is still coming in, on a thread of its own. Without it each module's
 * function is read twice, the second time where the page waits for it. Must be the first line; browsers that don't know it
 * read a comment (V8's explicit compile hints, Chrome 136 and later).
 */
const HINT = '//# allFunctionsCalledOnLoad\n';

const chunks = fileURLToPath(new URL('../.next/static/chunks', import.meta.url));
const scripts = readdirSync(chunks, { recursive: true, encoding: 'utf8' }).filter((name) =>
  name.endsWith('.js'),
);
if (scripts.length === 0) throw new Error(`Expected scripts in ${chunks}, found none. Has Next moved them?`);

for (const name of scripts) {
  const path = join(chunks, name);
  const text = readFileSync(path, 'utf8');
  if (!text.startsWith(HINT)) writeFileSync(path, HINT + text);
}
process.stdout.write(`Hinted ${scripts.length} scripts to be compiled as they come in.\n`);
