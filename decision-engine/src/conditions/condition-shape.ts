import { z } from 'zod';
import { durationSchema } from '../catalogue/duration.js';

export type ShapeProblem = {
  readonly path: (string | number)[];
  readonly expected: string;
  readonly got: unknown;
};
type Limits = { readonly depth: number; readonly nodes: number; readonly listLength: number };

const scalar = z.union([z.string().max(1_000), z.number(), z.boolean()]);
const field = z.string().regex(/^[a-zA-Z][\w]*(?:\.[\w -]+)*$/, 'a field path such as "features.orders_90d"');
const operand = z.strictObject({ field, times: z.number().optional() });
const countOperator = z.enum(['eq', 'ne', 'lt', 'lte', 'gt', 'gte']);
const names = z.array(z.string().min(1).max(200)).min(1).max(100);
const list = z.array(scalar).min(1);

/** The value each operator takes. */
const VALUE_OF = {
  exists: z.undefined(),
  missing: z.undefined(),
  eq: z.union([scalar, operand]),
  ne: z.union([scalar, operand]),
  lt: z.union([z.number(), z.string().max(40), operand]),
  lte: z.union([z.number(), z.string().max(40), operand]),
  gt: z.union([z.number(), z.string().max(40), operand]),
  gte: z.union([z.number(), z.string().max(40), operand]),
  between: z.tuple([z.number(), z.number()]),
  in: list,
  notIn: list,
  contains: scalar,
  containsAny: list,
  containsAll: list,
  containsNone: list,
  withinLast: durationSchema,
  olderThan: durationSchema,
  withinNext: durationSchema,
} as const;

const VALUE_WORDS: { readonly [K in keyof typeof VALUE_OF]: string } = {
  exists: 'no value',
  missing: 'no value',
  eq: 'text, a number, true, false or {"field": …}',
  ne: 'text, a number, true, false or {"field": …}',
  lt: 'a number, an ISO 8601 date or {"field": …}',
  lte: 'a number, an ISO 8601 date or {"field": …}',
  gt: 'a number, an ISO 8601 date or {"field": …}',
  gte: 'a number, an ISO 8601 date or {"field": …}',
  between: 'two numbers [low, high]',
  in: 'a list of text, numbers or booleans',
  notIn: 'a list of text, numbers or booleans',
  contains: 'text, a number, true or false',
  containsAny: 'a list of text, numbers or booleans',
  containsAll: 'a list of text, numbers or booleans',
  containsNone: 'a list of text, numbers or booleans',
  withinLast: 'a duration such as "30d"',
  olderThan: 'a duration such as "30d"',
  withinNext: 'a duration such as "30d"',
};

const countShape = z.discriminatedUnion('count', [
  z.strictObject({
    count: z.literal('events'),
    event: z.string().min(1).max(200),
    about: z.string().min(1).max(100).optional(),
    within: durationSchema,
    op: countOperator,
    value: z.number().int().min(0),
  }),
  z.strictObject({
    count: z.literal('outcomes'),
    outcomes: names,
    actions: names.optional(),
    groups: names.optional(),
    channels: names.optional(),
    within: durationSchema,
    op: countOperator,
    value: z.number().int().min(0),
  }),
]);

const JOINTS = ['all', 'any', 'not'] as const;

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Finds everything wrong with the shape of a condition; an empty list means it is a `Condition`. */
export function checkConditionShape(condition: unknown, limits: Limits): ShapeProblem[] {
  const problems: ShapeProblem[] = [];
  let nodes = 0;

  function walk(node: unknown, path: (string | number)[]): void {
    nodes += 1;
    if (nodes > limits.nodes) {
      if (nodes === limits.nodes + 1) {
        problems.push({ path, expected: `at most ${limits.nodes} parts in one condition`, got: nodes });
      }
      return;
    }
    if (path.filter((step) => JOINTS.some((joint) => joint === step)).length > limits.depth) {
      problems.push({
        path,
        expected: `conditions nested at most ${limits.depth} deep`,
        got: 'a deeper one',
      });
      return;
    }
    if (!isRecord(node)) {
      problems.push({ path, expected: 'a condition: {"all"|"any"|"not"|"field"|"count": …}', got: node });
      return;
    }
    if ('all' in node || 'any' in node) walkMany(node, path);
    else if ('not' in node) walkOnly(node, path);
    else if ('count' in node) report(countShape.safeParse(node), path, node);
    else if ('field' in node) walkField(node, path);
    else
      problems.push({
        path,
        expected: 'one of "all", "any", "not", "field", "count"',
        got: Object.keys(node),
      });
  }

  function onlyKeys(
    node: Record<string, unknown>,
    allowed: readonly string[],
    path: (string | number)[],
  ): void {
    for (const key of Object.keys(node)) {
      if (!allowed.includes(key)) {
        problems.push({
          path: [...path, key],
          expected: `only ${allowed.map((k) => `"${k}"`).join(', ')} here`,
          got: key,
        });
      }
    }
  }

  function walkMany(node: Record<string, unknown>, path: (string | number)[]): void {
    const joint = 'all' in node ? 'all' : 'any';
    onlyKeys(node, [joint], path);
    const parts = node[joint];
    if (!Array.isArray(parts) || parts.length === 0) {
      problems.push({ path: [...path, joint], expected: 'a list of at least one condition', got: parts });
      return;
    }
    parts.forEach((part, index) => {
      walk(part, [...path, joint, index]);
    });
  }

  function walkOnly(node: Record<string, unknown>, path: (string | number)[]): void {
    onlyKeys(node, ['not'], path);
    walk(node['not'], [...path, 'not']);
  }

  function walkField(node: Record<string, unknown>, path: (string | number)[]): void {
    onlyKeys(node, ['field', 'op', 'value'], path);
    if (!field.safeParse(node['field']).success) {
      problems.push({
        path: [...path, 'field'],
        expected: 'a field path such as "features.orders_90d"',
        got: node['field'],
      });
    }
    const op = node['op'];
    if (typeof op !== 'string' || !Object.hasOwn(VALUE_OF, op)) {
      problems.push({
        path: [...path, 'op'],
        expected: `one of ${Object.keys(VALUE_OF).join(', ')}`,
        got: op,
      });
      return;
    }
    const operator = op as keyof typeof VALUE_OF;
    const value = node['value'];
    if (!VALUE_OF[operator].safeParse(value).success) {
      problems.push({
        path: [...path, 'value'],
        expected: `${VALUE_WORDS[operator]} for "${operator}"`,
        got: value,
      });
    } else if (Array.isArray(value) && value.length > limits.listLength) {
      problems.push({
        path: [...path, 'value'],
        expected: `at most ${limits.listLength} values`,
        got: value.length,
      });
    }
  }

  function report(
    result: z.ZodSafeParseResult<unknown>,
    path: (string | number)[],
    node: Record<string, unknown>,
  ): void {
    for (const issue of result.error?.issues ?? []) {
      const steps = issue.path.filter((step) => typeof step !== 'symbol');
      const last = steps.at(-1);
      problems.push({
        path: [...path, ...steps],
        expected: issue.message,
        got: last === undefined ? node : node[String(last)],
      });
    }
  }

  walk(condition, []);
  return problems;
}
