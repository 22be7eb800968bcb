'use client';

import styles from './condition.module.css';

const UNITS = [
  ['m', 'minutes'],
  ['h', 'hours'],
  ['d', 'days'],
  ['w', 'weeks'],
] as const;

type Props = { label: string; value: unknown; onChange: (value: string) => void; readOnly: boolean };

/** A length of time up to now, or from now: a number and its unit. */
export function DurationInput({ label, value, onChange, readOnly }: Props): React.ReactNode {
  const [, count = '', unit = 'd'] = /^(\d*)([smhdw])$/.exec(String(value ?? '')) ?? [];
  return (
    <span className={styles.duration}>
      <input
        aria-label={`${label}, how many`}
        inputMode="numeric"
        className={styles.input}
        data-numeric
        value={count}
        readOnly={readOnly}
        autoComplete="off"
        onChange={({ target }) => onChange(`${target.value.replaceAll(/\D/g, '')}${unit}`)}
      />
      <select
        aria-label={`${label}, unit`}
        className={styles.input}
        value={unit}
        disabled={readOnly}
        onChange={({ target }) => onChange(`${count}${target.value}`)}
      >
        {unit === 's' ? <option value="s">seconds</option> : null}
        {UNITS.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </span>
  );
}
