import { CONDITION_LIMITS } from './condition.js';
import { checkConditionShape, type ShapeProblem } from './condition-shape.js';

type Path = (string | number)[];
const MANY = ['add', 'multiply', 'min', 'max', 'firstOf'] as const;
const PAIR = ['subtract', 'divide'] as const;

/** Finds everything wrong with the shape of a formula; an empty list means it is a `Formula`. */
export function checkFormulaShape(
  formula: unknown,
  limits: { readonly depth: number; readonly nodes: number },
): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  let nodes = 0;

  function walk(node: unknown, path: Path, depth: number): void {
    nodes += 1;
    if (nodes > limits.nodes || depth > limits.depth) {
      if (nodes <= limits.nodes + 1) {
        problems.push({ path, expected: `at most ${limits.nodes} parts, ${limits.depth} deep`, got: 'more' });
      }
      return;
    }
    if (typeof node === 'number') {
      if (!Number.isFinite(node)) problems.push({ path, expected: 'a finite number', got: node });
      return;
    }
    if (typeof node !== 'object' || node === null || Array.isArray(node)) {
      problems.push({ path, expected: 'a number or a formula such as {"multiply": […]}', got: node });
      return;
    }
    walkObject(node as Record<string, unknown>, path, depth);
  }

  function walkObject(node: Record<string, unknown>, path: Path, depth: number): void {
    const keys = Object.keys(node);
    const key = keys[0];
    if (keys.length === 1 && key === 'field' && typeof node['field'] === 'string') return;
    if ('if' in node && 'use' in node && 'else' in node && keys.length === 3) {
      for (const problem of checkConditionShape(node['if'], CONDITION_LIMITS)) {
        problems.push({ ...problem, path: [...path, 'if', ...problem.path] });
      }
      walk(node['use'], [...path, 'use'], depth + 1);
      walk(node['else'], [...path, 'else'], depth + 1);
      return;
    }
    const many = MANY.find((name) => name === key);
    const pair = PAIR.find((name) => name === key);
    const name = many ?? pair;
    const parts = name === undefined ? undefined : node[name];
    if (keys.length !== 1 || name === undefined || !Array.isArray(parts)) {
      problems.push({
        path,
        expected: `one of {"${[...MANY, ...PAIR].join('"|"')}": […]}, {"field"}, {"if","use","else"}`,
        got: keys,
      });
      return;
    }
    if (pair !== undefined ? parts.length !== 2 : parts.length === 0) {
      problems.push({
        path: [...path, name],
        expected: pair !== undefined ? 'exactly two parts' : 'at least one part',
        got: parts.length,
      });
      return;
    }
    parts.forEach((part, index) => {
      walk(part, [...path, name, index], depth + 1);
    });
  }

  walk(formula, [], 0);
  return problems;
}
