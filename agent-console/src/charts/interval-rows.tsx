import styles from './chart.module.css';
import { extentOf, linearScale } from './scale';

export type IntervalRow = {
  readonly name: string;
  readonly value: number | null;
  readonly low: number | null;
  readonly high: number | null;
  /** The one the others are held against. */
  readonly main?: boolean;
  /** What the figure is called; made with `format` where absent. */
  readonly words?: React.ReactNode;
};

type Props = {
  rows: readonly IntervalRow[];
  format: (value: number) => string;
  /** Drawn through all rows: what means "no difference". */
  rule?: number;
  label: string;
};

/** A figure a line, each a point with its interval on one common scale; the numbers stand beside. */
export function IntervalRows({ rows, format, rule, label }: Props): React.ReactNode {
  const domain = extentOf([...rows.flatMap(({ value, low, high }) => [value, low, high]), rule]) ?? [0, 1];
  const scale = linearScale({ domain, range: [0, 100] });
  return (
    <ul className={styles.rows} aria-label={label}>
      {rows.map((row) => (
        <li key={row.name} className={styles.row} data-main={row.main === true ? '' : undefined}>
          <span className={styles.rowName} title={row.name}>
            {row.name}
          </span>
          <span className={styles.track} aria-hidden="true">
            {rule === undefined ? null : (
              <span className={styles.trackRule} style={{ left: `${scale.at(rule)}%` }} />
            )}
            {row.low === null || row.high === null ? null : (
              <span
                className={styles.trackReach}
                style={{ left: `${scale.at(row.low)}%`, width: `${scale.at(row.high) - scale.at(row.low)}%` }}
              />
            )}
            {row.value === null ? null : (
              <span className={styles.trackMark} style={{ left: `${scale.at(row.value)}%` }} />
            )}
          </span>
          <span className={styles.rowValue}>{row.words ?? intervalWords(row, format)}</span>
        </li>
      ))}
    </ul>
  );
}

function intervalWords(
  { value, low, high }: IntervalRow,
  format: (value: number) => string,
): React.ReactNode {
  if (value === null) return 'not known';
  return (
    <>
      <strong>{format(value)}</strong>
      {low === null || high === null ? null : ` (${format(low)} to ${format(high)})`}
    </>
  );
}
