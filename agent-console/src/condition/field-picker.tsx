'use client';

import { useState } from 'react';
import styles from './condition.module.css';
import type { ConditionField } from './use-condition-fields';

type Props = {
  field: string;
  fields: readonly ConditionField[];
  onChange: (field: string) => void;
  readOnly: boolean;
  autoFocus: boolean;
};

const GROUPS: readonly { label: string; holds: (path: string) => boolean }[] = [
  { label: 'What they did', holds: (path) => path.startsWith('features.') },
  { label: 'Scores', holds: (path) => path.startsWith('scores.') || path === 'sentiment' },
  { label: 'At this moment', holds: (path) => path.startsWith('context.') || path.startsWith('local.') },
  { label: 'Who they are', holds: () => true },
];
/** Fields that are named freely, with how their names begin. */
const FREE = [
  { prefix: 'traits.', label: 'A trait …' },
  { prefix: 'consent.', label: 'A consent …' },
] as const;

/** Picks a field by what people call it; traits and consents are typed. */
export function FieldPicker({ field, fields, onChange, readOnly, autoFocus }: Props): React.ReactNode {
  const known = fields.some(({ path }) => path === field);
  const [naming, setNaming] = useState(false);
  const free = FREE.find(({ prefix }) => field.startsWith(prefix));
  const groups = GROUPS.map(({ label, holds }, index) => ({
    label,
    fields: fields.filter(
      ({ path }) => holds(path) && !GROUPS.slice(0, index).some((earlier) => earlier.holds(path)),
    ),
  })).filter((group) => group.fields.length > 0);
  return (
    <span className={styles.field}>
      <select
        aria-label="Field"
        className={styles.input}
        value={known ? field : (free?.prefix ?? 'other')}
        disabled={readOnly}
        // biome-ignore lint/a11y/noAutofocus: somebody has just asked for this row
        autoFocus={autoFocus}
        onChange={({ target }) => {
          setNaming(target.value.endsWith('.'));
          onChange(target.value);
        }}
      >
        {groups.map((group) => (
          <optgroup key={group.label} label={group.label}>
            {group.fields.map(({ path, words }) => (
              <option key={path} value={path}>
                {words}
              </option>
            ))}
          </optgroup>
        ))}
        <optgroup label="By name">
          {FREE.map(({ prefix, label }) => (
            <option key={prefix} value={prefix}>
              {label}
            </option>
          ))}
          {known || free !== undefined ? null : (
            <option value="other">{field === '' ? 'Choose a field' : field}</option>
          )}
        </optgroup>
      </select>
      {free === undefined || known ? null : (
        <input
          aria-label={free.prefix === 'traits.' ? 'Name of the trait' : 'Channel and purpose of the consent'}
          className={styles.input}
          value={field.slice(free.prefix.length)}
          placeholder={free.prefix === 'traits.' ? 'tier' : 'email.marketing'}
          readOnly={readOnly}
          autoComplete="off"
          // biome-ignore lint/a11y/noAutofocus: somebody has just said that they will name it
          autoFocus={naming}
          onChange={({ target }) => onChange(`${free.prefix}${target.value}`)}
        />
      )}
    </span>
  );
}
