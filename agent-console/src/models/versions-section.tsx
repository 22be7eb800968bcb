'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { MeaningTag } from '../design/meaning';
import type { ModelVersion, ModelView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { metricsOf, standingWords } from './model-words';
import styles from './models.module.css';
import { PromoteDialog } from './promote-dialog';

type Props = { view: ModelView; mayPromote: boolean; onShadow: (version: string) => void };

/** Every version of a model: which serves, which could. */
export function VersionsSection({ view, mayPromote, onShadow }: Props): React.ReactNode {
  const [promoting, setPromoting] = useState<string | null>(null);
  const mayShadow = (view.model === 'churn' || view.model === 'propensity') && view.inForce !== null;
  return (
    <section className={page.section} aria-labelledby="versions">
      <h2 id="versions" className={page.sectionTitle}>
        Versions
      </h2>
      {view.versions.length === 0 ? (
        <Empty title="No version yet">
          It is trained on the events in the store: <code>npm run train -- --model {view.model}</code>
        </Empty>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide table is scrolled by keyboard
        <section className={styles.scroll} aria-label="Table of versions" tabIndex={0}>
          <table className={styles.table}>
            <thead>
              <tr>
                <th scope="col">Version</th>
                <th scope="col">Trained</th>
                <th scope="col">Rows</th>
                <th scope="col">Test</th>
                <th scope="col">Standing</th>
                <th scope="col">
                  <span className="sr-only">What can be done</span>
                </th>
              </tr>
            </thead>
            <tbody>
              {view.versions.map((version) => (
                <tr key={version.version}>
                  <th scope="row" className={styles.mono}>
                    {version.version}
                  </th>
                  <td>
                    {version.figures === null ? '' : <Moment at={version.figures.trainedAt} suffix=" ago" />}
                  </td>
                  <td>{version.figures === null ? '' : numberWords(version.figures.trainedOn.rows)}</td>
                  <td>{version.figures === null ? version.problem : <Tested figures={version.figures} />}</td>
                  <td>
                    <MeaningTag meaning={standingWords(version.standing).meaning}>
                      {standingWords(version.standing).words}
                    </MeaningTag>
                  </td>
                  <td>
                    {!mayPromote || version.standing === 'champion' || version.figures === null ? null : (
                      <span className={styles.row} style={{ justifyContent: 'flex-end' }}>
                        {mayShadow && version.standing !== 'shadow' ? (
                          <Button size="small" look="quiet" onClick={() => onShadow(version.version)}>
                            Score beside<span className="sr-only"> {version.version}</span>
                          </Button>
                        ) : null}
                        <Button size="small" onClick={() => setPromoting(version.version)}>
                          Put in force…<span className="sr-only"> {version.version}</span>
                        </Button>
                      </span>
                    )}
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </section>
      )}
      {promoting === null ? null : (
        <PromoteDialog model={view.model} version={promoting} onClose={() => setPromoting(null)} />
      )}
    </section>
  );
}

function Tested({ figures }: { figures: NonNullable<ModelVersion['figures']> }): React.ReactNode {
  const [metric] = metricsOf(figures).filter(({ key }) => key === 'logLoss');
  const estimate = figures.metrics['logLoss'];
  if (metric === undefined || estimate?.value == null) return 'not tested';
  const interval =
    estimate.low === null || estimate.high === null
      ? ''
      : ` (${estimate.low.toFixed(3)} to ${estimate.high.toFixed(3)})`;
  return `Log loss ${estimate.value.toFixed(3)}${interval}${figures.testedOn === null ? '' : `, n ${numberWords(figures.testedOn.n)}`}`;
}
