import { useId } from 'react';
import styles from './field.module.css';

type Props<Value extends string> = {
  label: string;
  value: Value;
  options: readonly { value: Value; label: string }[];
  onChange: (value: Value) => void;
  disabled?: boolean;
  /** The label is for ears alone: what is around it says the same. */
  bare?: boolean;
};

/** One of several, in the browser's own list. */
export function Select<Value extends string>({
  label,
  value,
  options,
  onChange,
  disabled,
  bare,
}: Props<Value>): React.ReactNode {
  const id = useId();
  return (
    <div className={styles.field}>
      <label htmlFor={id} className={bare ? 'sr-only' : styles.label}>
        {label}
      </label>
      <select
        id={id}
        value={value}
        disabled={disabled}
        className={styles.input}
        onChange={(event) => {
          const chosen = options.find((option) => option.value === event.target.value);
          if (chosen !== undefined) onChange(chosen.value);
        }}
      >
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}
