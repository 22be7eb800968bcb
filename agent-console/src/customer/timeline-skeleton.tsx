import { Skeleton } from '../design/skeleton';
import styles from './timeline-view.module.css';

const WIDTHS = ['46%', '58%', '39%', '52%', '44%', '61%'];

/** Rows of the timeline while they are read. */
export function TimelineSkeleton({ rows = 6 }: { rows?: number }): React.ReactNode {
  return (
    <div aria-hidden="true" className={styles.day}>
      {WIDTHS.slice(0, rows).map((width) => (
        <div key={width} className={styles.row}>
          <span className={styles.icon}>
            <span className={styles.bead} />
          </span>
          <div className={styles.text} style={{ display: 'grid', gap: 8, padding: '4px 0' }}>
            <Skeleton width={width} />
            <Skeleton width="30%" height={10} />
          </div>
        </div>
      ))}
    </div>
  );
}
