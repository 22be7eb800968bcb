import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { buildTargets } from './build.mjs';
import { prepare } from './prepare.mjs';
import { dataFolder, repositoryRoot } from './repository.mjs';
import { stopWithNpm } from './watch-parent.mjs';

/** Installs and builds what is not there yet, then becomes the supervisor of the store, the engine and the console. */
export async function startProduct() {
  stopWithNpm(process.env);
  try {
    await prepare(buildTargets.product);
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
    return;
  }
  process.env.SEGUE_DATA = dataFolder(process.env);
  const supervisor = join(repositoryRoot, 'decision-engine', 'dist', 'supervisor', 'main.js');
  process.argv = [process.execPath, supervisor];
  await import(pathToFileURL(supervisor).href);
}
