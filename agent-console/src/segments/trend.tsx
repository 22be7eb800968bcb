import styles from './trend.module.css';
import { type TrendPoint, trendPath, trendWords } from './trend-path';

type Props = { trend: readonly TrendPoint[]; width?: number; height?: number };

/** How a segment grew, as a small line with its words. */
export function Trend({ trend, width = 88, height = 20 }: Props): React.ReactNode {
  const words = trendWords(trend);
  if (words === '') return <span className={styles.none}>one day so far</span>;
  return (
    <span className={styles.trend}>
      <svg width={width} height={height + 4} viewBox={`0 -2 ${width} ${height + 4}`} aria-hidden="true">
        <path d={trendPath(trend, { width, height })} className={styles.line} />
      </svg>
      {words}
    </span>
  );
}
