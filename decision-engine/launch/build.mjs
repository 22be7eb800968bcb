import { existsSync } from 'node:fs';
import { join } from 'node:path';
import process from 'node:process';
import { fingerprint, sourceFiles } from './fingerprint.mjs';
import { repositoryRoot } from './repository.mjs';
import { readStamp, removeStamp, writeStamp } from './stamp.mjs';
import { runStep } from './step.mjs';

/**
 * @typedef {object} BuildTarget
 * @property {string} name
 * @property {string[]} folders whose sources it is made from
 * @property {string[]} filters the workspaces turbo is asked for; it adds those they depend on
 * @property {string[]} outputs what must be there afterwards
 */

const engineFolders = ['models', 'integrations', 'decision-engine'];

/** @type {{ store: BuildTarget, engine: BuildTarget, product: BuildTarget }} */
export const buildTargets = {
  store: {
    name: 'store',
    folders: ['decision-engine/embedded-mongo'],
    filters: ['@segue/embedded-mongo'],
    outputs: ['decision-engine/embedded-mongo/dist/main.js'],
  },
  engine: {
    name: 'engine',
    folders: engineFolders,
    filters: ['@segue/decision-engine'],
    outputs: ['models/dist/index.js', 'integrations/dist/index.js', 'decision-engine/dist/index.js'],
  },
  product: {
    name: 'product',
    folders: [...engineFolders, 'agent-console'],
    filters: ['@segue/decision-engine', '@segue/agent-console'],
    outputs: ['decision-engine/dist/supervisor/main.js', 'agent-console/.next/BUILD_ID'],
  },
};

const rootFiles = ['package.json', 'package-lock.json', 'tsconfig.json', 'turbo.json'];

/** What turbo, Next and their like must not do behind the operator's back. */
export const quietEnvironment = {
  TURBO_TELEMETRY_DISABLED: '1',
  TURBO_NO_UPDATE_NOTIFIER: '1',
  NEXT_TELEMETRY_DISABLED: '1',
  DO_NOT_TRACK: '1',
};

/**
 * Builds a target unless its stamp says that nothing changed since it was built. The stamp goes before the build
 * starts and comes back after it succeeded, so a build that was killed is done again.
 *
 * @param {BuildTarget} target
 * @param {import('./lock.mjs').Lock} lock
 */
export async function ensureBuilt(target, lock) {
  const stampPath = join(repositoryRoot, 'node_modules', `.segue-built-${target.name}`);
  const sources = fingerprint(repositoryRoot, [...rootFiles, ...target.folders.flatMap(sourcesOf)]);
  if (readStamp(stampPath) === sources && missingOutputs(target).length === 0) return;
  removeStamp(stampPath);
  await runStep({
    title: target.name === 'product' ? 'Building' : `Building the ${target.name}`,
    command: process.execPath,
    args: turboCommand('build', target.filters),
    env: { ...process.env, ...quietEnvironment },
    log: 'build.log',
    started: lock.working,
  });
  const missing = missingOutputs(target);
  if (missing.length > 0) throw new Error(`The build ended well but did not write ${missing.join(', ')}.`);
  writeStamp(stampPath, sources);
}

/**
 * What to hand to Node to run a task of every workspace, or of some and those they depend on.
 *
 * @param {string} task
 * @param {string[]} [filters] names of workspaces
 */
export function turboCommand(task, filters = []) {
  const turbo = join(repositoryRoot, 'node_modules', 'turbo', 'bin', 'turbo');
  return [turbo, 'run', task, '--output-logs=new-only', ...filters.map((name) => `--filter=${name}`)];
}

/** @param {string} folder */
function sourcesOf(folder) {
  return sourceFiles(join(repositoryRoot, folder)).map((path) => `${folder}/${path}`);
}

/** @param {BuildTarget} target */
function missingOutputs(target) {
  return target.outputs.filter((path) => !existsSync(join(repositoryRoot, path)));
}
