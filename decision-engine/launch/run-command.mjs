import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { pathToFileURL } from 'node:url';
import { buildTargets } from './build.mjs';
import { prepare } from './prepare.mjs';
import { dataFolder, repositoryRoot, typedIn } from './repository.mjs';
import { stopWithNpm } from './watch-parent.mjs';

/**
 * Runs one command of Segue in this very process, so that its output, its exit code and every signal are its own.
 * Only that command writes to standard output.
 *
 * @param {string[]} words the command's name and its arguments
 */
export async function runCommand(words) {
  stopWithNpm(process.env);
  const [name, ...args] = words;
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name)) {
    return stop(`Expected the name of a command, got ${JSON.stringify(name ?? '')}. ${knownCommands()}`);
  }
  try {
    await prepare(name === 'mongo' ? buildTargets.store : buildTargets.engine);
  } catch (error) {
    return stop(error instanceof Error ? error.message : String(error));
  }
  const script = scriptOf(name);
  if (!existsSync(script)) return stop(`There is no command "${name}". ${knownCommands()}`);
  process.env.SEGUE_DATA = dataFolder(process.env);
  process.chdir(typedIn(process.env));
  process.argv = [process.execPath, script, ...args];
  await import(pathToFileURL(script).href);
}

/** @param {string} name */
function scriptOf(name) {
  return name === 'mongo'
    ? join(repositoryRoot, 'decision-engine', 'embedded-mongo', 'dist', 'main.js')
    : join(repositoryRoot, 'decision-engine', 'dist', 'commands', `${name}.js`);
}

/** The commands there are, told from the sources, which are there before anything is built. */
function knownCommands() {
  const folder = join(repositoryRoot, 'decision-engine', 'src', 'commands');
  const files = existsSync(folder) ? readdirSync(folder) : [];
  const names = files.flatMap((file) => (/^[a-z0-9-]+\.ts$/.test(file) ? [file.slice(0, -3)] : []));
  return `There are: ${[...names, 'mongo'].sort().join(', ')}.`;
}

/** @param {string} message */
function stop(message) {
  process.stderr.write(`${message}\n`);
  process.exitCode = 1;
}
