'use client';

import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { useState } from 'react';
import { BarRows } from '../charts/bar-rows';
import { IntervalRows } from '../charts/interval-rows';
import { LineChart } from '../charts/line-chart';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Failure } from '../design/failure';
import { Segmented } from '../design/segmented';
import { Skeleton } from '../design/skeleton';
import { useEngine } from '../engine/engine-provider';
import type { MeasureReport } from '../engine/engine-types';
import { queryKeys } from '../engine/query-keys';
import { useExperiments } from '../experiments/use-experiments';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import { useDrawn } from '../time/use-drawn';
import { useNow } from '../time/use-now';
import { utcDayWords } from '../time/wall-time';
import { ContactsAvoided } from './contacts-avoided';
import styles from './dashboards.module.css';
import { download } from './download';
import { FilterBar } from './filter-bar';
import { HoldOutValue } from './hold-out-value';
import { MeasureTile } from './measure-tile';
import { isTooFew, tooFewWords } from './measure-words';
import { PngButton } from './png-button';
import { reportCsv } from './report-csv';
import { type DashboardFilter, useFilter, zoneName } from './use-filter';
import { ValueBySegment } from './value-by-segment';
import { windowWords } from './window-words';
import { type Asked, windowOf } from './windows';

/** What came of it all: figures of a window, held against another, each with its sample and uncertainty. */
export function DashboardsPage(): React.ReactNode {
  const now = useNow();
  const [wanted, change] = useFilter(now);
  const timeZone = zoneName(wanted.zone);
  const window = now === 0 ? null : windowOf(now, wanted);
  const asked: Asked | null =
    window === null ? null : { ...window, ...wanted.filter, ...(timeZone === undefined ? {} : { timeZone }) };
  const { client } = useEngine();
  const report = useQuery({
    queryKey: queryKeys.measures(JSON.stringify(asked)),
    queryFn: ({ signal }) => client.measure.report.query(asked as Asked, { signal }),
    enabled: asked !== null,
    placeholderData: keepPreviousData,
  });
  // Asked beside the measures, not after them: one of the tiles needs it.
  useExperiments(useMay('experiments:read'));
  // Kept where a later question fails, so that the filters go on saying what is set.
  const [choices, setChoices] = useState<MeasureReport['choices']>();
  if (report.data !== undefined && report.data.choices !== choices) setChoices(report.data.choices);
  return (
    <main className={page.page} aria-busy={report.isFetching}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Dashboards</h1>
          <p className={page.lead}>
            What came of it. Intervals are 95 %; every figure opens the rows behind it.
          </p>
        </header>
        <FilterBar value={wanted} onChange={change} choices={choices}>
          <Button
            size="small"
            disabled={report.data === undefined || report.isPlaceholderData}
            onClick={() => {
              if (report.data !== undefined)
                download(
                  'segue-measures.csv',
                  new Blob([reportCsv(report.data, wanted.filter)], { type: 'text/csv' }),
                );
            }}
          >
            <Download size={14} />
            CSV
          </Button>
        </FilterBar>
        <p className={styles.said} role="status">
          {now > 0 && window === null ? (
            'Choose a first day and a last day, at most 400 days apart.'
          ) : report.data === undefined && report.isError ? (
            ''
          ) : report.data === undefined || report.isPlaceholderData ? (
            WORKING
          ) : (
            <WindowSaid report={report.data} wanted={wanted} />
          )}
        </p>
        {report.data !== undefined && asked !== null ? (
          <Report report={report.data} asked={asked} />
        ) : report.isError ? (
          <Failure error={report.error} what="The measures" onRetry={() => void report.refetch()} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 16 }}>
            <Skeleton height={640} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

const WORKING = 'Working it out …';

/** Formats of a time zone take long to make on a slow machine: the figures don't wait for them. */
function WindowSaid({
  report,
  wanted,
}: {
  report: MeasureReport;
  wanted: Pick<DashboardFilter, 'comparison' | 'filter'>;
}): React.ReactNode {
  return useDrawn() ? windowWords(report, wanted) : WORKING;
}

const ACCEPTANCE = [
  { value: 'byAction', label: 'Action' },
  { value: 'byGroup', label: 'Group' },
  { value: 'byChannel', label: 'Channel' },
] as const;
const SHOWN = 20;

function Report({ report, asked }: { report: MeasureReport; asked: Asked }): React.ReactNode {
  const [by, setBy] = useState<(typeof ACCEPTANCE)[number]['value']>('byAction');
  const { measures, stages, overTime, acceptance, currency } = report;
  const first = stages[0]?.customers ?? 0;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  const steps = overTime.map(({ day }) => utcDayWords(new Date(day)));
  return (
    <>
      <ul className={styles.tiles} aria-label="Figures">
        {measures.map((entry) => (
          <li key={entry.measure.key} className={styles.tile}>
            <MeasureTile entry={entry} asked={asked} currency={currency} baseline={report.baseline} />
          </li>
        ))}
        <li className={styles.tile}>
          <HoldOutValue />
        </li>
        <li className={styles.tile}>
          <ContactsAvoided avoided={report.contactsAvoided} />
        </li>
      </ul>
      <ValueBySegment report={report} />
      <div className={styles.two}>
        <section className={page.section} aria-labelledby="stages">
          <h2 id="stages" className={page.sectionTitle}>
            How far customers came
          </h2>
          {first === 0 ? (
            <Empty title="No data yet">
              Send Product Viewed, Product Added, Checkout Started, Order Completed.
            </Empty>
          ) : (
            <BarRows
              label="Customers at each stage"
              end={first}
              rows={stages.map(({ name, customers, share }) => ({
                name,
                value: customers,
                words: (
                  <>
                    <strong>{numberWords(customers)}</strong>
                    {share.value === null || share.low === null || share.high === null
                      ? null
                      : ` ${percent(share.value)} (${percent(share.low)} to ${percent(share.high)})`}
                  </>
                ),
              }))}
            />
          )}
          <p className={styles.quiet}>
            Customers with the event in the window, against those who looked at a product.
          </p>
        </section>
        <section className={page.section} aria-labelledby="revenue">
          <div className={styles.head}>
            <h2 id="revenue" className={page.sectionTitle} style={{ margin: 0 }}>
              Revenue over time
            </h2>
            <PngButton name="segue-revenue.png" of="revenue" />
          </div>
          <LineChart
            label="Revenue of orders over time"
            names={{ value: 'Revenue' }}
            format={(value) => money(Math.round(value), currency)}
            points={overTime.map(({ revenue }, index) => ({ name: steps[index] ?? '', value: revenue }))}
          />
        </section>
      </div>
      <div className={styles.two}>
        <section className={page.section} aria-labelledby="acceptance">
          <div className={styles.head}>
            <h2 id="acceptance" className={page.sectionTitle} style={{ margin: 0 }}>
              Accepted of what was shown
            </h2>
            <Segmented label="By" value={by} options={ACCEPTANCE} onChange={setBy} />
          </div>
          {acceptance[by].length === 0 ? (
            <Empty title="No data yet">Report what was shown and what came of it: POST /v1/feedback.</Empty>
          ) : (
            <IntervalRows
              label="Share accepted"
              format={percent}
              rows={acceptance[by].slice(0, SHOWN).map((figure) => {
                const { name, value, low, high, n } = figure;
                if (isTooFew(figure))
                  return { name, value: null, low: null, high: null, words: tooFewWords(n) };
                const words =
                  value === null || low === null || high === null ? (
                    'not known'
                  ) : (
                    <>
                      <strong>{percent(value)}</strong> ({percent(low)} to {percent(high)}), n{' '}
                      {numberWords(n)}
                    </>
                  );
                return { name, value, low, high, words };
              })}
            />
          )}
        </section>
        <section className={page.section} aria-labelledby="order-value">
          <div className={styles.head}>
            <h2 id="order-value" className={page.sectionTitle} style={{ margin: 0 }}>
              Order value over time
            </h2>
            <PngButton name="segue-order-value.png" of="order-value" />
          </div>
          <LineChart
            label="Mean order value over time with its interval"
            names={{ value: 'Mean' }}
            format={(value) => money(Math.round(value), currency)}
            points={overTime.map(({ orderValue }, index) => ({
              name: steps[index] ?? '',
              value: orderValue.value,
              low: orderValue.low,
              high: orderValue.high,
            }))}
          />
        </section>
      </div>
    </>
  );
}
