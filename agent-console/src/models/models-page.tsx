'use client';

import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Skeleton } from '../design/skeleton';
import type { ModelView } from '../engine/engine-types';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { againstBaseline, baselineWords, driftWords, metricsOf, modelWords } from './model-words';
import styles from './models.module.css';
import { useModels } from './use-models';

/** What scores customers: how good each model is, and whether it still holds. */
export function ModelsPage(): React.ReactNode {
  const models = useModels();
  return (
    <main className={page.page} aria-busy={models.isPending}>
      <div className={page.inner}>
        <header className={page.header}>
          <h1 className={page.title}>Models</h1>
          <p className={page.lead}>What scores customers, how good it is, and whether it still holds.</p>
        </header>
        {models.data === undefined ? (
          models.isError ? (
            <Failure error={models.error} what="The models" onRetry={() => void models.refetch()} />
          ) : (
            <div aria-hidden="true" style={{ display: 'grid', gap: 12 }}>
              {['churn', 'propensity', 'survival', 'value'].map((model) => (
                <Skeleton key={model} height={58} radius={8} />
              ))}
            </div>
          )
        ) : (
          <ul className={styles.list}>
            {models.data.items.map((model) => (
              <li key={model.model}>
                <ModelLine model={model} />
              </li>
            ))}
          </ul>
        )}
      </div>
    </main>
  );
}

function ModelLine({ model }: { model: ModelView }): React.ReactNode {
  const { name, question } = modelWords(model.model);
  const drift = driftWords(model.drift);
  const champion = model.versions.find(({ version }) => version === model.inForce);
  return (
    <Link href={`/models/${model.model}`} className={styles.model}>
      <span>
        <span className={styles.name}>{name}</span>
        <br />
        <span className={styles.quiet}>{question}</span>
      </span>
      <span className={styles.quiet}>
        {model.inForce === null ? 'Not trained yet' : <span className={styles.mono}>{model.inForce}</span>}
        {model.inForceSince === null ? null : (
          <>
            <br />
            in force since <Moment at={model.inForceSince} suffix=" ago" />
          </>
        )}
      </span>
      <span className={styles.figure}>
        {champion?.figures == null ? null : <MainFigure figures={champion.figures} />}
      </span>
      <MeaningTag meaning={drift.meaning}>{drift.words}</MeaningTag>
    </Link>
  );
}

function MainFigure({
  figures,
}: {
  figures: NonNullable<ModelView['versions'][number]['figures']>;
}): React.ReactNode {
  const [metric] = metricsOf(figures);
  const estimate = metric === undefined ? undefined : figures.metrics[metric.key];
  if (metric === undefined || estimate?.value == null) return null;
  const { value, low, high } = estimate;
  const beside = Object.entries(figures.baselines)
    .map(([name, each]) => ({ name, estimate: each[metric.key] }))
    .filter(({ estimate: each }) => each?.value != null)
    .sort((a, b) => (b.estimate?.value ?? 0) - (a.estimate?.value ?? 0))[0];
  const stands =
    beside?.estimate === undefined ? null : againstBaseline(estimate, beside.estimate, metric.better);
  return (
    <>
      {metric.name} <strong>{value.toFixed(metric.digits)}</strong>
      {low === null || high === null ? null : (
        <span className={styles.quiet}>
          {' '}
          ({low.toFixed(metric.digits)} to {high.toFixed(metric.digits)})
        </span>
      )}
      {beside?.estimate?.value == null ? null : (
        <>
          <br />
          <span className={styles.quiet}>
            {stands === 'better' ? 'better than' : stands === 'worse' ? 'worse than' : 'not told apart from'}{' '}
            {baselineWords(beside.name).toLowerCase()}, {beside.estimate.value.toFixed(metric.digits)}
          </span>
        </>
      )}
    </>
  );
}
