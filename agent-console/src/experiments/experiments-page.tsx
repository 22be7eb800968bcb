'use client';

import { IntervalRows } from '../charts/interval-rows';
import styles from '../dashboards/dashboards.module.css';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import type { Experiments } from '../engine/engine-types';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import { useExperiments } from './use-experiments';

type Experiment = Experiments['items'][number];
type Variant = Experiment['variants'][number];

/** Below this, the split is not the planned one, and differences mean nothing. */
const MISMATCH = 0.001;

/** Every experiment and the hold-out: who was in it, what came of each variant, and how sure that is. */
export function ExperimentsPage(): React.ReactNode {
  const experiments = useExperiments();
  const items = experiments.data?.items ?? [];
  return (
    <main className={page.page} aria-busy={experiments.isPending}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Experiments</h1>
          <p className={page.lead}>
            Customers count from their first decision under a variant. Intervals are 95 %; the last 90 days.
          </p>
        </header>
        {experiments.isPending ? <Skeleton height={240} radius={8} /> : null}
        {experiments.isError ? (
          <Failure
            error={experiments.error}
            what="The experiments"
            onRetry={() => void experiments.refetch()}
          />
        ) : null}
        {experiments.isSuccess && items.length === 0 ? (
          <Empty title="No experiment and no hold-out yet">
            Both stand in the policies: set “Share of customers held out” there, or add{' '}
            <code>experiments:</code> in the YAML. <Link href="/policies">Open the policies</Link>
          </Empty>
        ) : null}
        {items.map((item) => (
          <ExperimentSection
            key={item.experimentId}
            experiment={item}
            currency={experiments.data?.currency ?? null}
          />
        ))}
      </div>
    </main>
  );
}

function ExperimentSection({
  experiment,
  currency,
}: {
  experiment: Experiment;
  currency: string | null;
}): React.ReactNode {
  const { experimentId, kind, layer, running, startsAt, endsAt, variants, mismatch, mixed } = experiment;
  const counted = variants.reduce((sum, { customers }) => sum + customers, 0);
  const name = kind === 'hold-out' ? 'Hold-out against everybody else' : experimentId;
  const broken = mismatch !== null && mismatch < MISMATCH;
  const others = variants.filter(({ against }) => against !== null);
  return (
    <section className={styles.experiment} aria-label={name}>
      <div className={styles.head}>
        <h2 className={page.sectionTitle} style={{ margin: 0 }}>
          {name}
        </h2>
        <MeaningTag meaning={running ? 'good' : 'neutral'}>{running ? 'Running' : 'Not running'}</MeaningTag>
      </div>
      <p className={styles.quiet}>
        {kind === 'hold-out' ? 'Customers held out get no promotional action.' : `Layer ${layer}.`}{' '}
        {startsAt === null ? '' : `From ${startsAt.slice(0, 10)}. `}
        {endsAt === null ? '' : `Until ${endsAt.slice(0, 10)}. `}
        {mixed === 0 ? '' : `${mixed} customers were seen under two variants and are left out.`}
      </p>
      {counted === 0 ? (
        <Empty title="Nobody was decided for under it yet">
          Customers are counted from their first decision: <code>POST /v1/decide</code>.
        </Empty>
      ) : (
        <>
          {broken ? (
            <Notice meaning="act">
              The split is not the planned one (chance {mismatch.toExponential(1)}): who is counted, or how
              they are split, is wrong. The differences below mean nothing until that is found.
            </Notice>
          ) : (
            <p className={styles.quiet}>
              {mismatch === null
                ? 'Whether the split is as planned can’t be told.'
                : `The split is as planned (sample-ratio check: chance ${mismatch.toFixed(2)}, wrong below ${MISMATCH}).`}
            </p>
          )}
          <VariantTable variants={variants} currency={currency} counted={counted} />
          {others.length === 0 ? null : (
            <div className={styles.two} style={{ marginTop: 16 }}>
              <div>
                <h3>Share who ordered, less “{variants[0]?.variantId}”</h3>
                <IntervalRows
                  label="Difference in the share who ordered"
                  rule={0}
                  format={(value) => `${value > 0 ? '+' : ''}${(value * 100).toFixed(1)} points`}
                  rows={others.map((variant) => differenceRow(variant, 'conversion'))}
                />
              </div>
              <div>
                <h3>Revenue of a customer, less “{variants[0]?.variantId}”</h3>
                <IntervalRows
                  label="Difference in revenue of a customer"
                  rule={0}
                  format={(value) => `${value > 0 ? '+' : ''}${money(value, currency)}`}
                  rows={others.map((variant) => differenceRow(variant, 'revenue'))}
                />
              </div>
            </div>
          )}
        </>
      )}
    </section>
  );
}

function differenceRow(variant: Variant, of: 'conversion' | 'revenue') {
  const { value = null, low = null, high = null } = variant.against?.[of] ?? {};
  return { name: variant.variantId, value, low, high, main: true };
}

type TableProps = { variants: readonly Variant[]; currency: string | null; counted: number };

function VariantTable({ variants, currency, counted }: TableProps): React.ReactNode {
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const interval = ({ value, low, high }: Variant['revenue'], format: (value: number) => string): string =>
    value === null
      ? 'not known'
      : `${format(value)}${low === null || high === null ? '' : ` (${format(low)} to ${format(high)})`}`;
  return (
    <div className={styles.scroll}>
      <table className={styles.table}>
        <thead>
          <tr>
            <th scope="col">Variant</th>
            <th scope="col">Customers</th>
            <th scope="col">Planned</th>
            <th scope="col">Ordered since</th>
            <th scope="col">Revenue of a customer</th>
          </tr>
        </thead>
        <tbody>
          {variants.map(({ variantId, customers, planned, conversion, revenue }) => (
            <tr key={variantId}>
              <th scope="row">{variantId}</th>
              <td>
                {numberWords(customers)} ({percent(customers / counted)})
              </td>
              <td>{percent(planned)}</td>
              <td>{interval(conversion, percent)}</td>
              <td>{interval(revenue, (value) => money(value, currency))}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
