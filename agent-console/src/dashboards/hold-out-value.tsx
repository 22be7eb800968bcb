'use client';

import { Link } from '../design/link';
import { Skeleton } from '../design/skeleton';
import { useExperiments } from '../experiments/use-experiments';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';
import { useMay } from '../session/use-may';
import styles from './dashboards.module.css';
import { isTooFew, tooFewWords } from './measure-words';

/** What decisions bring: customers who get them against the hold-out. */
export function HoldOutValue(): React.ReactNode {
  const mayRead = useMay('experiments:read');
  const experiments = useExperiments(mayRead);
  const holdOut = experiments.data?.items.find(({ kind }) => kind === 'hold-out');
  const treated = holdOut?.variants.find(({ variantId }) => variantId === 'treated');
  const worth = treated?.against?.revenue;
  const currency = experiments.data?.currency ?? null;
  return (
    <>
      <h2 className={styles.tileName}>Value of decisions</h2>
      <p className={styles.quiet}>
        revenue of a customer less that of the hold-out, since their first decision
      </p>
      {experiments.data === undefined ? (
        <Unread why={experiments.isError ? 'It could not be read.' : mayRead ? null : NOT_ALLOWED} />
      ) : worth?.value == null || treated === undefined ? (
        <p className={styles.quiet}>
          {holdOut === undefined
            ? 'No data yet. Set “Share of customers held out” in the policies.'
            : 'No data yet: nobody was decided for in both groups.'}{' '}
          <Link href="/policies" className={styles.rows}>
            Policies
          </Link>
        </p>
      ) : isTooFew(worth) ? (
        <p className={styles.quiet}>{tooFewWords(worth.n)}.</p>
      ) : (
        <>
          <p className={styles.value}>{money(worth.value, currency)}</p>
          <p className={styles.quiet}>
            {worth.low === null || worth.high === null
              ? 'too few for an interval'
              : `${money(worth.low, currency)} to ${money(worth.high, currency)}`}
            , {numberWords(worth.n)} customers
          </p>
          <p className={styles.quiet}>
            {worth.low !== null && worth.low > 0 ? 'surely more than none' : 'may be chance'}
          </p>
          <Link href="/experiments" className={styles.rows}>
            Both groups
          </Link>
        </>
      )}
    </>
  );
}

const NOT_ALLOWED = 'Your role does not read experiments, which it comes from.';

/** Why there is no figure, or its place while it is read. */
function Unread({ why }: { why: string | null }): React.ReactNode {
  return why === null ? (
    <div aria-hidden="true" style={{ display: 'grid', gap: 8, paddingTop: 8 }}>
      <Skeleton width="72px" height={24} />
      <Skeleton width="80%" />
      <Skeleton width="64px" />
    </div>
  ) : (
    <p className={styles.quiet}>{why}</p>
  );
}
