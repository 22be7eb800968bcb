'use client';

import { Link } from '../design/link';
import type { MeasureReport } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import styles from './dashboards.module.css';
import { isTooFew, tooFewWords } from './measure-words';

/** How many conversations decisions spared, by the customers held out. */
export function ContactsAvoided({ avoided }: { avoided: MeasureReport['contactsAvoided'] }): React.ReactNode {
  return (
    <>
      <h2 className={styles.tileName}>Contacts avoided</h2>
      <p className={styles.quiet}>
        conversations of a hundred customers held out, less those of a hundred others
      </p>
      {avoided === null || avoided.value === null ? (
        <p className={styles.quiet}>
          {avoided === null
            ? 'Nobody is held out, so it can’t be known. Set “Share of customers held out” in the policies.'
            : 'No data yet: nobody was decided for in both groups.'}{' '}
          <Link href="/policies" className={styles.rows}>
            Policies
          </Link>
        </p>
      ) : isTooFew(avoided) ? (
        <p className={styles.quiet}>{tooFewWords(avoided.n)}.</p>
      ) : (
        <>
          <p className={styles.value}>{avoided.value.toFixed(1)}</p>
          <p className={styles.quiet}>
            {avoided.low === null || avoided.high === null
              ? 'too few for an interval'
              : `${avoided.low.toFixed(1)} to ${avoided.high.toFixed(1)}`}
            , {numberWords(avoided.n)} customers of both groups
          </p>
          <p className={styles.quiet}>
            {avoided.low !== null && avoided.low > 0 ? 'surely more than none' : 'may be chance'}
          </p>
        </>
      )}
    </>
  );
}
