'use client';

import styles from './condition.module.css';
import type { ConditionView } from './condition-view';
import { FieldPicker } from './field-picker';
import { isOperator, operatorsOf, operatorWords, valueKind, withOperator } from './operators';
import { typeOfField, useConditionFields } from './use-condition-fields';
import { ValueInput } from './value-input';

type Props = {
  view: Extract<ConditionView, { kind: 'field' }>;
  onChange: (condition: unknown) => void;
  readOnly: boolean;
  autoFocus: boolean;
};

/** One comparison: which field, how, and with what. */
export function FieldLeaf({ view, onChange, readOnly, autoFocus }: Props): React.ReactNode {
  const { field, op, value } = view;
  const fields = useConditionFields();
  const type = typeOfField(field, fields);
  const words = fields.find(({ path }) => path === field)?.words ?? field;
  const operators = operatorsOf(type);
  const known = isOperator(op) ? op : null;
  return (
    <>
      <FieldPicker
        field={field}
        fields={fields}
        readOnly={readOnly}
        autoFocus={autoFocus}
        onChange={(next) => {
          const nextType = typeOfField(next, fields);
          const [usual = 'exists'] = operatorsOf(nextType);
          const kept = known !== null && operatorsOf(nextType).includes(known) ? known : usual;
          onChange({
            field: next,
            ...withOperator(nextType === type ? { op, value } : { op: '', value }, kept, nextType),
          });
        }}
      />
      <select
        aria-label={`How ${words} is compared`}
        className={styles.input}
        value={op}
        disabled={readOnly}
        onChange={({ target }) => {
          if (isOperator(target.value))
            onChange({ field, ...withOperator({ op, value }, target.value, type) });
        }}
      >
        {known !== null && operators.includes(known) ? null : (
          <option value={op}>{known === null ? op : operatorWords(known, type)}</option>
        )}
        {operators.map((each) => (
          <option key={each} value={each}>
            {operatorWords(each, type)}
          </option>
        ))}
      </select>
      <ValueInput
        kind={known === null ? 'scalar' : valueKind(known, type)}
        label={`What ${words} is compared with`}
        value={value}
        readOnly={readOnly}
        onChange={(next) => onChange({ field, op, value: next })}
      />
    </>
  );
}
