import rows from './rows.module.css';
import { Skeleton } from './skeleton';

/** Holds the place of a list while it is read. */
export function RowsSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true" className={rows.list}>
      {['40%', '56%', '48%', '52%'].map((width) => (
        <div key={width} className={rows.row} style={{ minHeight: 65 }}>
          <Skeleton width={width} />
          <Skeleton width="64%" />
        </div>
      ))}
    </div>
  );
}
