import type { CompileProblem } from './compile-condition.js';

function pathText(path: CompileProblem['path']): string {
  return path.reduce<string>((text, step) => {
    if (typeof step === 'number') return `${text}[${step}]`;
    return text === '' ? step : `${text}.${step}`;
  }, '');
}

/** `Expected "actions[3].eligibility[0].when.field" to be …, got …`, each once. */
export function problemTexts(problems: readonly CompileProblem[]): string[] {
  const texts = problems.map(
    ({ path, expected, got }) => `Expected "${pathText(path)}" to be ${expected}, got ${got}`,
  );
  return [...new Set(texts)];
}
