'use client';

import { useState } from 'react';
import styles from './condition.module.css';
import { DurationInput } from './duration-input';
import { scalarOf, type ValueKind } from './operators';

type Props = {
  kind: ValueKind;
  /** Names the control for who can't see where it stands. */
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  readOnly: boolean;
};

/** The value of one comparison, in the control that fits it. */
export function ValueInput({ kind, label, value, onChange, readOnly }: Props): React.ReactNode {
  switch (kind) {
    case 'none':
      return null;
    case 'number':
      return (
        <Typed label={label} value={value} read={numberOf} readOnly={readOnly} numeric onChange={onChange} />
      );
    case 'range':
      return (
        <span className={styles.range}>
          {[0, 1].map((at) => (
            <Typed
              key={at}
              label={`${label}, ${at === 0 ? 'lowest' : 'highest'}`}
              value={Array.isArray(value) ? (value as unknown[])[at] : ''}
              read={numberOf}
              readOnly={readOnly}
              numeric
              onChange={(next) => {
                const [low, high] = Array.isArray(value) ? (value as unknown[]) : [0, 0];
                onChange(at === 0 ? [next, high] : [low, next]);
              }}
            />
          ))}
        </span>
      );
    case 'text':
      return (
        <Typed label={label} value={value} read={(text) => text} readOnly={readOnly} onChange={onChange} />
      );
    case 'scalar':
      return <Typed label={label} value={value} read={scalarOf} readOnly={readOnly} onChange={onChange} />;
    case 'members':
      return (
        <Typed
          label={`${label}, divided by commas`}
          placeholder="gold, silver"
          value={Array.isArray(value) ? value.join(', ') : value}
          read={membersOf}
          readOnly={readOnly}
          onChange={onChange}
        />
      );
    case 'yes-no':
      return (
        <select
          aria-label={label}
          className={styles.input}
          value={value === false ? 'no' : 'yes'}
          disabled={readOnly}
          onChange={({ target }) => onChange(target.value === 'yes')}
        >
          <option value="yes">yes</option>
          <option value="no">no</option>
        </select>
      );
    case 'date':
      return (
        <input
          type="date"
          aria-label={label}
          className={styles.input}
          value={String(value ?? '').slice(0, 10)}
          readOnly={readOnly}
          onChange={({ target }) => onChange(target.value)}
        />
      );
    case 'duration':
      return <DurationInput label={label} value={value} readOnly={readOnly} onChange={onChange} />;
  }
}

type TypedProps = Omit<Props, 'kind'> & {
  read: (text: string) => unknown;
  numeric?: boolean;
  placeholder?: string;
};

/** What is typed stays as typed while it reads as the value. */
function Typed({
  label,
  value,
  read,
  onChange,
  readOnly,
  numeric,
  placeholder,
}: TypedProps): React.ReactNode {
  const [typed, setTyped] = useState<string | null>(null);
  const known = String(value ?? '');
  const shown = typed !== null && String(read(typed) ?? '') === String(read(known) ?? '') ? typed : known;
  return (
    <input
      aria-label={label}
      className={styles.input}
      value={shown}
      placeholder={placeholder}
      readOnly={readOnly}
      autoComplete="off"
      {...(numeric === true ? { inputMode: 'decimal' as const, 'data-numeric': true } : {})}
      onChange={({ target }) => {
        setTyped(target.value);
        onChange(read(target.value));
      }}
    />
  );
}

function numberOf(text: string): number | string {
  const value = Number(text.trim().replace(',', '.'));
  return text.trim() !== '' && Number.isFinite(value) ? value : text;
}

function membersOf(text: string): (string | number | boolean)[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '')
    .map(scalarOf);
}
