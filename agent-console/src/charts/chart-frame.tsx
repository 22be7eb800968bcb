'use client';

import styles from './chart.module.css';
import { useWidth } from './use-width';

export type ChartTable = {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly string[])[];
};

type Props = {
  /** What ears are told instead of the picture: one sentence. */
  label: string;
  height: number;
  /** The same as numbers. */
  table: ChartTable;
  /** Draws at a width in pixels. */
  draw: (width: number) => React.ReactNode;
  caption?: React.ReactNode;
};

/** A picture of numbers, with one sentence for ears and the numbers themselves underneath. */
export function ChartFrame({ label, height, table, draw, caption }: Props): React.ReactNode {
  const [element, width] = useWidth<HTMLDivElement>();
  return (
    <figure className={styles.figure}>
      <div ref={element} style={{ height }}>
        {width === 0 ? null : (
          <svg role="img" aria-label={label} width={width} height={height} className={styles.svg}>
            {draw(width)}
          </svg>
        )}
      </div>
      {caption === undefined ? null : <figcaption className={styles.caption}>{caption}</figcaption>}
      <NumbersTable label={label} table={table} />
    </figure>
  );
}

/** The numbers behind a picture, folded away. */
export function NumbersTable({ label, table }: { label: string; table: ChartTable }): React.ReactNode {
  return (
    <details className={styles.numbers}>
      <summary>As a table</summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard */}
      <section className={styles.scroll} aria-label={`${label}, as a table`} tabIndex={0}>
        <table className={styles.table}>
          <thead>
            <tr>
              {table.columns.map((column) => (
                <th key={column} scope="col">
                  {column}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {table.rows.map(([first, ...rest]) => (
              <tr key={`${first} ${rest.join(' ')}`}>
                <th scope="row">{first}</th>
                {rest.map((cell, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: a column has no other name
                  <td key={index}>{cell}</td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </details>
  );
}
