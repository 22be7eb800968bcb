'use client';

import { PairChart } from '../charts/pair-chart';
import { Button } from '../design/button';
import { Failure } from '../design/failure';
import type { ModelView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import styles from './models.module.css';
import { useShadowScores } from './use-models';

type Props = { view: ModelView; onEnd: (() => void) | null };

/** What the version that scores beside the one in force would have said. */
export function ShadowSection({ view, onEnd }: Props): React.ReactNode {
  const { model, shadow } = view;
  const scores = useShadowScores(model === 'propensity' ? 'propensity' : 'churn', shadow);
  if (shadow === null) return null;
  const data = scores.data;
  return (
    <section className={page.section} aria-labelledby="shadow">
      <div className={styles.head}>
        <h2 id="shadow" className={page.sectionTitle}>
          Scores beside it: {shadow}
        </h2>
        {onEnd === null ? null : (
          <Button size="small" onClick={onEnd}>
            End it
          </Button>
        )}
      </div>
      {scores.isError ? (
        <Failure error={scores.error} what="Its scores" onRetry={() => void scores.refetch()} />
      ) : null}
      {data === undefined ? null : data.n === 0 ? (
        <p className={styles.text}>
          Nothing to compare yet: its scores are kept with each decision from now on, and never used.
        </p>
      ) : (
        <div className={styles.two}>
          <PairChart
            pairs={data.pairs}
            label={`Scores of the newest ${data.pairs.length} decisions, in force against shadow`}
          />
          <div className={styles.text}>
            <p>
              {numberWords(data.n)} scores of both. Shadow less in force:{' '}
              <strong>{signed(data.difference.value)}</strong> ({signed(data.difference.low)} to{' '}
              {signed(data.difference.high)}).
              {data.correlation === null ? null : ` Correlation ${data.correlation.toFixed(2)}.`}
            </p>
            <p className={styles.gap}>
              {data.answered === null
                ? 'None of these has an answer yet, so which is nearer to the truth is not known.'
                : `On ${numberWords(data.answered.n)} answered: log loss in force ${data.answered.inForce.toFixed(3)}, shadow ${data.answered.shadow.toFixed(3)}; difference ${signed(data.answered.difference.value)} (${signed(data.answered.difference.low)} to ${signed(data.answered.difference.high)}).`}
            </p>
          </div>
        </div>
      )}
    </section>
  );
}

function signed(value: number | null): string {
  return value === null ? 'not known' : `${value > 0 ? '+' : ''}${value.toFixed(3)}`;
}
