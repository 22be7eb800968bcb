'use client';

import { ArrowLeft } from 'lucide-react';
import { Failure } from '../design/failure';
import { Link } from '../design/link';
import { MeaningTag } from '../design/meaning';
import { Notice } from '../design/notice';
import { Skeleton } from '../design/skeleton';
import { engineFailure, failureText } from '../engine/engine-failure';
import type { ModelName, ModelView } from '../engine/engine-types';
import { useMay } from '../session/use-may';
import page from '../shell/page.module.css';
import { useTitle } from '../shell/use-title';
import { Moment } from '../time/moment';
import { DriftSection } from './drift-section';
import { modelWords } from './model-words';
import styles from './models.module.css';
import { QualitySection } from './quality-section';
import { QualityWaiting } from './quality-waiting';
import { RetrainSection } from './retrain-section';
import { RollBack } from './roll-back';
import { ShadowSection } from './shadow-section';
import { useChangeModel, useModels, useModelVersion } from './use-models';
import { VersionsSection } from './versions-section';

/** One model: how good it is, whether it still holds, its versions, and changing which one serves. */
export function ModelPage({ model }: { model: ModelName }): React.ReactNode {
  const { name, question } = modelWords(model);
  useTitle(`${name} model`);
  const models = useModels();
  const mayPromote = useMay('models:promote');
  const view = models.data?.items.find((each) => each.model === model);
  return (
    <main className={page.page} aria-busy={models.isPending}>
      <div className={page.inner}>
        <header className={page.header}>
          <Link href="/models" className={styles.back}>
            <ArrowLeft size={14} />
            Models
          </Link>
          <div className={styles.head}>
            <div>
              <h1 className={page.title}>{name}</h1>
              <p className={page.lead}>{question}</p>
            </div>
            {view === undefined || !mayPromote ? null : <RollBack view={view} />}
          </div>
        </header>
        {view !== undefined ? (
          <Model view={view} />
        ) : models.isError ? (
          <Failure error={models.error} what="The models" onRetry={() => void models.refetch()} />
        ) : (
          <div aria-hidden="true" style={{ display: 'grid', gap: 16 }}>
            <Skeleton height={32} />
            <Skeleton height={220} radius={8} />
            <Skeleton height={260} radius={8} />
          </div>
        )}
      </div>
    </main>
  );
}

function Model({ view }: { view: ModelView }): React.ReactNode {
  const champion = useModelVersion(view.model, view.inForce);
  const change = useChangeModel(view.model);
  const mayPromote = useMay('models:promote');
  const failure = change.isError ? failureText(engineFailure(change.error)) : null;
  return (
    <>
      <p className={styles.row} role="status">
        {view.inForce === null ? (
          <MeaningTag meaning="watch">No version is in force</MeaningTag>
        ) : view.serving === view.inForce ? (
          <>
            <MeaningTag meaning="good">Serving</MeaningTag>
            <span className={styles.mono}>{view.inForce}</span>
          </>
        ) : (
          <>
            <MeaningTag meaning="watch">Taking over</MeaningTag>
            <span className={styles.mono}>{view.inForce}</span>
            <span className={styles.quiet}>
              {view.serving === null ? 'none serves yet' : `${view.serving} still serves`}
            </span>
          </>
        )}
        {view.inForceSince === null ? null : (
          <span className={styles.quiet}>
            since <Moment at={view.inForceSince} suffix=" ago" />
          </span>
        )}
      </p>
      {failure === null ? null : (
        <Notice meaning="act" announce>
          {failure}
        </Notice>
      )}
      {champion.data !== undefined ? (
        <QualitySection version={champion.data} />
      ) : champion.isLoading ? (
        <QualityWaiting />
      ) : null}
      <DriftSection
        drift={view.drift}
        measuring={change.isPending && change.variables.kind === 'measure'}
        onMeasure={mayPromote ? () => change.mutate({ kind: 'measure' }) : null}
      />
      <VersionsSection
        view={view}
        mayPromote={mayPromote}
        onShadow={(version) => change.mutate({ kind: 'shadow', version })}
      />
      <ShadowSection
        view={view}
        onEnd={mayPromote ? () => change.mutate({ kind: 'shadow', version: null }) : null}
      />
      <RetrainSection
        model={view.model}
        card={champion.data?.card ?? null}
        made={champion.data?.made ?? null}
      />
    </>
  );
}
