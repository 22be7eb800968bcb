import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

/** Compresses scripts and styles as far as it goes, beside the files: once here instead of for each browser that asks. */
const folder = fileURLToPath(new URL('../.next/static', import.meta.url));
const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.(?:js|css)$/.test(name),
);
if (names.length === 0) throw new Error(`Expected scripts in ${folder}, found none. Has Next moved them?`);

for (const name of names) {
  const path = join(folder, name);
  const bytes = readFileSync(path);
  writeFileSync(`${path}.gz`, gzipSync(bytes, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(`${path}.br`, brotliCompressSync(bytes));
}
process.stdout.write(`Compressed ${names.length} scripts and styles.\n`);
