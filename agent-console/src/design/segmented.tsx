'use client';

import { useId } from 'react';
import styles from './segmented.module.css';

type Props<Value> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
};

/** One of a few, side by side: the browser's own radio buttons in another dress. */
export function Segmented<Value extends string>({
  label,
  value,
  options,
  onChange,
}: Props<Value>): React.ReactNode {
  const name = useId();
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {options.map((option) => (
        <label key={option.value} className={styles.item}>
          <input
            type="radio"
            name={name}
            value={option.value}
            checked={option.value === value}
            onChange={() => onChange(option.value)}
            className={styles.radio}
          />
          <span className={styles.text}>{option.label}</span>
        </label>
      ))}
    </div>
  );
}
