import { classNames } from './class-names';
import { type Meaning, MeaningMark } from './meaning';
import styles from './notice.module.css';

type Props = {
  meaning: Meaning;
  children: React.ReactNode;
  /** A way out, at the end of the line. */
  action?: React.ReactNode;
  /** Said aloud when it appears. */
  announce?: boolean;
  className?: string | undefined;
};

/** One line across the top of what it is about. */
export function Notice({ meaning, children, action, announce = false, className }: Props): React.ReactNode {
  return (
    <div
      role={announce ? 'status' : undefined}
      className={classNames(styles.notice, styles[meaning], className)}
    >
      <MeaningMark meaning={meaning} className={styles.mark} />
      <div className={styles.text}>{children}</div>
      {action}
    </div>
  );
}
