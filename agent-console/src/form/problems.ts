import { type Path, pathText } from './path';

/** One of the engine's messages, split into where and what. */
export type Problem = { readonly path: string | null; readonly message: string };

/** Splits `Expected "actions[0].cost" to be >= 0, got -3 (number)` and `Unknown field "actions[0].x"`. */
export function problemOf(text: string): Problem {
  const expected = /^Expected "([^"]+)" (.+)$/s.exec(text);
  if (expected !== null) return { path: expected[1] ?? null, message: `Expected ${expected[2] ?? ''}` };
  const unknown = /^Unknown field "([^"]+)"/.exec(text);
  if (unknown !== null) return { path: unknown[1] ?? null, message: text };
  return { path: null, message: text };
}

/** Whether a problem is at a place or below it. */
function isUnder(problem: Problem, path: Path): boolean {
  const start = pathText(path);
  if (problem.path === null || !problem.path.startsWith(start)) return false;
  const next = problem.path.charAt(start.length);
  return start === '' || next === '' || next === '.' || next === '[';
}

/** What is wrong below a place, each with the rest of its path. */
export function problemsUnder(problems: readonly Problem[], path: Path): string[] {
  const start = pathText(path);
  return problems
    .filter((problem) => isUnder(problem, path))
    .map(({ path: where, message }) => {
      const rest = (where ?? '').slice(start.length).replace(/^\./, '');
      return rest === '' ? message : `${rest}: ${message}`;
    });
}
