import { negate, type Truth } from './compare.js';
import { compileCount } from './compile-count.js';
import { compileField } from './compile-field.js';
import type { Condition } from './condition.js';
import type { Facts } from './facts.js';
import type { ProfileSchema } from './profile-schema.js';

/** Compared values by field path, as they go into a decision's record. */
export type ComparedValues = Record<string, string | number | boolean | null>;

export type CompiledCondition = {
  readonly test: (facts: Facts) => Truth;
  /**
   * Says why it came out as it did: "features.orders_90d is 0, wanted at least 1". Where parts are joined, only those
   * that settled it are named.
   */
  readonly explain: (facts: Facts) => string;
  /** Writes every value it looks at into `into`. */
  readonly collect: (facts: Facts, into: ComparedValues) => void;
};

export type CompileProblem = {
  readonly path: readonly (string | number)[];
  readonly expected: string;
  readonly got: string;
};

export type CompileTarget = {
  readonly schema: ProfileSchema;
  readonly path: readonly (string | number)[];
  /** Problems are added here; what is compiled with problems must not be used. */
  readonly problems: CompileProblem[];
};

function at(target: CompileTarget, ...steps: (string | number)[]): CompileTarget {
  return { ...target, path: [...target.path, ...steps] };
}

/** Checks the fields' types and turns the condition into closures, once; running it parses nothing. */
export function compileCondition(condition: Condition, target: CompileTarget): CompiledCondition {
  if ('all' in condition) {
    return joinAll(condition.all.map((part, index) => compileCondition(part, at(target, 'all', index))));
  }
  if ('any' in condition) {
    return joinAny(condition.any.map((part, index) => compileCondition(part, at(target, 'any', index))));
  }
  if ('not' in condition) {
    const inner = compileCondition(condition.not, at(target, 'not'));
    return {
      test: (facts) => negate(inner.test(facts)),
      explain: (facts) => `not (${inner.explain(facts)})`,
      collect: inner.collect,
    };
  }
  return 'count' in condition ? compileCount(condition) : compileField(condition, target);
}

function collectFrom(parts: readonly CompiledCondition[]): CompiledCondition['collect'] {
  return (facts, into) => {
    for (const part of parts) part.collect(facts, into);
  };
}

function joinAll(parts: readonly CompiledCondition[]): CompiledCondition {
  const test = (facts: Facts): Truth => {
    let result: Truth = 'true';
    for (const part of parts) {
      const value = part.test(facts);
      if (value === 'false') return 'false';
      if (value === 'unknown') result = 'unknown';
    }
    return result;
  };
  const explain = (facts: Facts): string => {
    const result = test(facts);
    return parts
      .filter((part) => part.test(facts) === result)
      .map((part) => part.explain(facts))
      .join('; ');
  };
  return { test, explain, collect: collectFrom(parts) };
}

function joinAny(parts: readonly CompiledCondition[]): CompiledCondition {
  const test = (facts: Facts): Truth => {
    let result: Truth = 'false';
    for (const part of parts) {
      const value = part.test(facts);
      if (value === 'true') return 'true';
      if (value === 'unknown') result = 'unknown';
    }
    return result;
  };
  const explain = (facts: Facts): string => {
    const holds = test(facts) === 'true';
    const told = parts
      .filter((part) => !holds || part.test(facts) === 'true')
      .map((part) => part.explain(facts));
    return told.join(holds ? '; ' : ' and ');
  };
  return { test, explain, collect: collectFrom(parts) };
}
