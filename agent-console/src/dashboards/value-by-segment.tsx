'use client';

import { IntervalRows } from '../charts/interval-rows';
import { Empty } from '../design/empty';
import type { MeasureReport } from '../engine/engine-types';
import { money } from '../number/money';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import styles from './dashboards.module.css';
import { isTooFew, tooFewWords } from './measure-words';

type Figure = MeasureReport['valueBySegment'][number]['lastYear'];

/** What customers spent beside what the value model expects of them, for all and by segment. */
export function ValueBySegment({ report }: { report: MeasureReport }): React.ReactNode {
  const { measures, valueBySegment, choices, currency } = report;
  const figureOf = (key: 'spentLastYear' | 'expectedNextYear') =>
    measures.find(({ measure }) => measure.key === key)?.measure;
  const [lastYear, nextYear] = [figureOf('spentLastYear'), figureOf('expectedNextYear')];
  const nameOf = (segmentId: string): string =>
    choices.segments.find(({ id }) => id === segmentId)?.name ?? segmentId;
  const groups = [
    ...(lastYear === undefined || nextYear === undefined || nextYear.value === null
      ? []
      : [{ name: 'all', lastYear, nextYear }]),
    ...valueBySegment.map(({ segmentId, ...years }) => ({ name: nameOf(segmentId), ...years })),
  ];
  const rows = groups.flatMap(({ name, ...years }) => [
    rowOf({ name: `Spent, ${name}`, figure: years.lastYear, currency, main: true }),
    rowOf({ name: `Expected, ${name}`, figure: years.nextYear, currency, main: false }),
  ]);
  return (
    <section className={page.section} aria-labelledby="value">
      <h2 id="value" className={page.sectionTitle}>
        Value of a customer: spent and expected
      </h2>
      {rows.length === 0 ? (
        <Empty title="No prediction yet">
          The value model scores customers who ordered, every six hours once it is trained.
        </Empty>
      ) : (
        <IntervalRows
          label="Spent in the last year and expected in the next"
          format={(value) => money(Math.round(value), currency)}
          rows={rows}
        />
      )}
      <p className={styles.quiet}>
        Means of a customer who ever ordered, with who spent nothing: the last 365 days, and what the value
        model expects of the next, both as of now. Intervals are of the mean over customers; how far the model
        itself is off stands under Models.
      </p>
    </section>
  );
}

function rowOf({
  name,
  figure,
  currency,
  main,
}: {
  name: string;
  figure: Figure;
  currency: string | null;
  main: boolean;
}) {
  const { value, low, high, n } = figure;
  if (value === null || isTooFew(figure))
    return { name, value: null, low: null, high: null, words: value === null ? 'not known' : tooFewWords(n) };
  const say = (amount: number): string => money(Math.round(amount), currency);
  const words = (
    <>
      <strong>{say(value)}</strong>
      {low === null || high === null ? '' : ` (${say(low)} to ${say(high)})`}, n {numberWords(n)}
    </>
  );
  return { name, value, low, high, main, words };
}
