import { Skeleton } from '../design/skeleton';
import page from '../shell/page.module.css';
import styles from './models.module.css';

/** Holds the place of what is known of a version: as high as a screen, so that nothing below it is seen to jump. */
export function QualityWaiting(): React.ReactNode {
  return (
    <section className={page.section} aria-hidden="true">
      <h2 className={page.sectionTitle}>How good it is</h2>
      <div className={styles.waiting}>
        <Skeleton height={32} />
        <div className={styles.metrics}>
          {['one', 'two', 'three', 'four'].map((metric) => (
            <Skeleton key={metric} height={132} radius={8} />
          ))}
        </div>
        <Skeleton height={320} radius={8} />
      </div>
    </section>
  );
}
