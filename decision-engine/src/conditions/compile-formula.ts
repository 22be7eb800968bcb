import { type CompileTarget, compileCondition } from './compile-condition.js';
import type { Facts } from './facts.js';
import type { Formula } from './formula.js';
import { findField } from './profile-schema.js';

/** undefined = not known. */
export type CompiledFormula = (facts: Facts) => number | undefined;

function under(target: CompileTarget, ...steps: (string | number)[]): CompileTarget {
  return { ...target, path: [...target.path, ...steps] };
}

/** Checks fields and turns the formula into closures, once. */
export function compileFormula(formula: Formula, target: CompileTarget): CompiledFormula {
  if (typeof formula === 'number') return () => formula;
  if ('field' in formula) return compileFieldNumber(formula.field, target);
  if ('if' in formula) {
    const condition = compileCondition(formula.if, under(target, 'if'));
    const yes = compileFormula(formula.use, under(target, 'use'));
    const no = compileFormula(formula.else, under(target, 'else'));
    return (facts) => (condition.test(facts) === 'true' ? yes(facts) : no(facts));
  }
  if ('firstOf' in formula) {
    const parts = compileMany(formula.firstOf, under(target, 'firstOf'));
    return (facts) => {
      for (const part of parts) {
        const value = part(facts);
        if (value !== undefined) return value;
      }
      return undefined;
    };
  }
  if ('add' in formula) return fold(compileMany(formula.add, under(target, 'add')), (a, b) => a + b);
  if ('multiply' in formula)
    return fold(compileMany(formula.multiply, under(target, 'multiply')), (a, b) => a * b);
  if ('min' in formula) return fold(compileMany(formula.min, under(target, 'min')), Math.min);
  if ('max' in formula) return fold(compileMany(formula.max, under(target, 'max')), Math.max);
  if ('subtract' in formula)
    return fold(compileMany(formula.subtract, under(target, 'subtract')), (a, b) => a - b);
  return fold(compileMany(formula.divide, under(target, 'divide')), (a, b) => a / b);
}

function compileMany(parts: readonly Formula[], target: CompileTarget): readonly CompiledFormula[] {
  return parts.map((part, index) => compileFormula(part, under(target, index)));
}

function compileFieldNumber(path: string, target: CompileTarget): CompiledFormula {
  const found = findField(path, target.schema);
  const type = found.ok ? found.field.type : 'any';
  if (!found.ok || (type !== 'number' && type !== 'any')) {
    const expected = found.ok ? `a number field, and "${path}" is a ${type}` : found.expected;
    target.problems.push({ path: [...target.path, 'field'], expected, got: path });
    return () => undefined;
  }
  const { read } = found.field;
  return (facts) => {
    const value = read(facts);
    return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
  };
}

function fold(parts: readonly CompiledFormula[], join: (a: number, b: number) => number): CompiledFormula {
  return (facts) => {
    let total: number | undefined;
    for (const part of parts) {
      const value = part(facts);
      if (value === undefined) return undefined;
      total = total === undefined ? value : join(total, value);
    }
    return total !== undefined && Number.isFinite(total) ? total : undefined;
  };
}
