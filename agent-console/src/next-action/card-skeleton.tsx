import { Skeleton } from '../design/skeleton';
import card from './action-card.module.css';

/** The card while the next suggestion is decided, in its size. */
export function CardSkeleton(): React.ReactNode {
  return (
    <div aria-hidden="true" className={card.card} style={{ minHeight: 372, animation: 'none' }}>
      <Skeleton width="40%" height={10} />
      <Skeleton width="84%" height={18} />
      <Skeleton width="70%" />
      <Skeleton width="62%" />
      <Skeleton width="66%" />
      <Skeleton height={92} radius={6} />
      <Skeleton height={36} radius={6} />
    </div>
  );
}
