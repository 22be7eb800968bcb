import { checkFieldTypes } from './check-field-types.js';
import { truth, valueText } from './compare.js';
import type { CompiledCondition, CompileTarget } from './compile-condition.js';
import type { FieldCondition, FieldOperand } from './condition.js';
import type { FieldReader, FieldValue } from './facts.js';
import { compileFieldTest } from './field-test.js';
import { type Field, findField, type ProfileSchema } from './profile-schema.js';

const NEVER_KNOWN: Field = { type: 'any', read: () => undefined };

/** Compiles one comparison; type errors go to `target.problems`. */
export function compileField(condition: FieldCondition, target: CompileTarget): CompiledCondition {
  const field = lookUp(condition.field, target, 'field');
  const label = condition.field;
  const named = naming(label, target.schema);
  if (condition.op === 'exists' || condition.op === 'missing')
    return compilePresence(label, { read: field.read, named, op: condition.op });
  checkFieldTypes(condition, field.type, target);
  const operand = fieldOperand(condition);
  const other = operand === undefined ? undefined : compileOperand(operand, target);
  const { holds, wanted } = compileFieldTest(condition);
  return {
    test: (facts) => {
      const value = field.read(facts);
      const compared = other?.(facts);
      if (value === undefined || (other !== undefined && compared === undefined)) return 'unknown';
      return holds(value, compared, facts.now);
    },
    explain: (facts) => {
      const goal =
        operand === undefined
          ? wanted
          : `${wanted}${operandText(operand, target.schema)} (${valueText(other?.(facts))})`;
      return `${named} ${valueText(field.read(facts))}, wanted ${goal}`;
    },
    collect: (facts, into) => {
      into[label] = recordable(field.read(facts));
      if (operand !== undefined) into[operand.field] = recordable(other?.(facts));
    },
  };
}

function recordable(value: FieldValue | undefined): string | number | boolean | null {
  if (value === undefined) return null;
  return typeof value === 'object' ? valueText(value) : value;
}

function lookUp(path: string, target: CompileTarget, ...steps: string[]): Field {
  const found = findField(path, target.schema);
  if (found.ok) return found.field;
  target.problems.push({ path: [...target.path, ...steps], expected: found.expected, got: path });
  return NEVER_KNOWN;
}

/** "Parcels that are late:" where people have a word for it, else "features.parcels_late is". */
function naming(path: string, schema: ProfileSchema): string {
  const words = schema.words?.(path);
  return words === undefined ? `${path} is` : `${words}:`;
}

type Presence = {
  readonly read: FieldReader;
  readonly named: string;
  readonly op: 'exists' | 'missing';
};

function compilePresence(label: string, { read, named, op }: Presence): CompiledCondition {
  return {
    test: (facts) => truth((read(facts) !== undefined) === (op === 'exists')),
    explain: (facts) =>
      `${named} ${valueText(read(facts))}, wanted ${op === 'exists' ? 'any value' : 'none'}`,
    collect: (facts, into) => {
      into[label] = recordable(read(facts));
    },
  };
}

function fieldOperand(condition: FieldCondition): FieldOperand | undefined {
  if (!('value' in condition)) return undefined;
  const { value } = condition;
  return typeof value === 'object' && !Array.isArray(value) && 'field' in value ? value : undefined;
}

function operandText({ field, times }: FieldOperand, schema: ProfileSchema): string {
  const words = schema.words?.(field);
  const named = words === undefined ? field : `"${words}"`;
  return times === undefined ? named : `${times} x ${named}`;
}

function compileOperand(operand: FieldOperand, target: CompileTarget): FieldReader {
  const field = lookUp(operand.field, target, 'value', 'field');
  const { times } = operand;
  if (times === undefined) return field.read;
  if (field.type !== 'number' && field.type !== 'any') {
    target.problems.push({
      path: [...target.path, 'value', 'times'],
      expected: `a number field for "times"`,
      got: field.type,
    });
  }
  return (facts) => {
    const value = field.read(facts);
    return typeof value === 'number' ? value * times : undefined;
  };
}
