import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const source = fileURLToPath(new URL('../..', import.meta.url));
const repository = path.resolve(source, '../..');

function typescriptIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.tsx?$/.test(entry.name))
    .map((entry) => path.join(entry.parentPath, entry.name))
    .filter((file) => !file.includes('node_modules') && !/\.test\.tsx?$/.test(file));
}

const importsOf = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/from '([^']+)'/g)].flatMap(([, target]) => target ?? []);

it('nothing outside the demo shop and evaluations imports the truth, and its front door does not hand it out', () => {
  const outside = [source, path.join(repository, 'models/src'), path.join(repository, 'integrations/src')]
    .flatMap(typescriptIn)
    .filter((file) => !file.startsWith(path.join(source, 'demo-shop')))
    .filter((file) => !file.startsWith(path.join(source, 'evaluation')));
  const guilty = outside.filter((file) =>
    importsOf(file).some((target) => /demo-shop\/(truth|behaviour|customer|merge-lives)/.test(target)),
  );
  expect(outside.length).toBeGreaterThan(100);
  expect(guilty.map((file) => path.relative(repository, file))).toEqual([]);
  expect(
    importsOf(path.join(source, 'demo-shop/index.ts')).filter((target) => target.includes('truth')),
  ).toEqual([]);
});
