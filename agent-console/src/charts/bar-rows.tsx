import styles from './chart.module.css';

export type BarRow = { readonly name: string; readonly value: number; readonly words: React.ReactNode };

type Props = {
  rows: readonly BarRow[];
  label: string;
  /** Lines across every bar, in the unit of the values. */
  rules?: readonly number[];
  /** The value at the right end; the largest where absent. */
  end?: number;
};

/** A bar a line from 0, the number beside it. */
export function BarRows({ rows, label, rules = [], end }: Props): React.ReactNode {
  const most = end ?? Math.max(0, ...rows.map(({ value }) => value), ...rules);
  const percent = (value: number): string => `${most === 0 ? 0 : Math.min(100, (value / most) * 100)}%`;
  return (
    <ul className={styles.rows} aria-label={label}>
      {rows.map(({ name, value, words }) => (
        <li key={name} className={styles.row}>
          <span className={styles.rowName} title={name}>
            {name}
          </span>
          <span className={styles.bar} aria-hidden="true">
            <span className={styles.barFill} style={{ width: percent(value) }} />
            {rules.map((rule) => (
              <span key={rule} className={styles.barRule} style={{ left: percent(rule) }} />
            ))}
          </span>
          <span className={styles.rowValue}>{words}</span>
        </li>
      ))}
    </ul>
  );
}
