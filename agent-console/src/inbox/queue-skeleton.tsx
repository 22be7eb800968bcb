import { Skeleton } from '../design/skeleton';
import styles from './queue.module.css';

const WIDTHS = ['58%', '44%', '66%', '50%', '62%', '40%', '56%', '48%'];

/** The queue while it is read, row by row in the size of the real ones. */
export function QueueSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true">
      {WIDTHS.map((width) => (
        <div key={width} className={styles.row}>
          <Skeleton width="28px" height={28} radius={14} />
          <span className={styles.main} style={{ gap: 8 }}>
            <Skeleton width={width} />
            <Skeleton width="82%" height={10} />
          </span>
        </div>
      ))}
    </div>
  );
}
