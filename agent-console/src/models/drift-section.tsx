import { BarRows } from '../charts/bar-rows';
import { NumbersTable } from '../charts/chart-frame';
import { LineChart } from '../charts/line-chart';
import { Button } from '../design/button';
import { MeaningTag } from '../design/meaning';
import type { ModelView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import { Moment } from '../time/moment';
import { driftWords, featureWords, levelWords } from './model-words';
import styles from './models.module.css';

type Props = { drift: ModelView['drift']; measuring: boolean; onMeasure: (() => void) | null };

const WATCH = 0.1;
const DRIFTED = 0.25;

/** How far customers have moved since the model was tested. */
export function DriftSection({ drift, measuring, onMeasure }: Props): React.ReactNode {
  const { words, meaning } = driftWords(drift);
  return (
    <section className={page.section} aria-labelledby="drift">
      <div className={styles.head}>
        <h2 id="drift" className={page.sectionTitle}>
          Does it still hold?
        </h2>
        {onMeasure === null ? null : (
          <Button size="small" disabled={measuring} onClick={onMeasure}>
            {measuring ? 'Measuring…' : 'Measure now'}
          </Button>
        )}
      </div>
      <p className={styles.row}>
        <MeaningTag meaning={meaning}>{words}</MeaningTag>
        <span className={styles.quiet}>
          {drift === null ? 'It was never measured.' : drift.known ? null : drift.why}
          {drift?.known === true ? (
            <>
              measured <Moment at={drift.measuredAt} suffix=" ago" /> on {numberWords(drift.rows)} rows,
              version {drift.version}
            </>
          ) : null}
        </span>
      </p>
      {drift?.known === true ? <Measured drift={drift} /> : null}
    </section>
  );
}

type Known = Extract<NonNullable<ModelView['drift']>, { known: true }>;

function Measured({ drift }: { drift: Known }): React.ReactNode {
  const { score, features, calibration, reasons } = drift;
  const moved = features.filter(({ level }) => level !== 'steady').length;
  const percent = (share: number): string => `${(share * 100).toFixed(1)} %`;
  return (
    <>
      {reasons.map((reason) => (
        <p key={reason} className={styles.text}>
          {reason}
        </p>
      ))}
      <div className={styles.two}>
        <div className={styles.gap}>
          <BarRows
            label="Population stability index of the score and of the features that moved most"
            rules={[WATCH, DRIFTED]}
            end={Math.max(0.5, Math.min(2, features[0]?.psi ?? 0))}
            rows={[{ name: 'The score', psi: score.psi, level: score.level }, ...features.slice(0, 9)].map(
              ({ name, psi, level }) => ({
                name: featureWords(name),
                value: psi,
                words: (
                  <MeaningTag meaning={levelWords(level).meaning} title={levelWords(level).words}>
                    {psi.toFixed(2)}
                    <span className="sr-only"> {levelWords(level).words}</span>
                  </MeaningTag>
                ),
              }),
            )}
          />
          <p className={styles.quiet}>
            PSI; the lines are 0.1 (watch) and 0.25 (drifted). {moved} of {features.length} features moved.
          </p>
          <NumbersTable
            label="All features by population stability index"
            table={{
              columns: ['Feature', 'PSI', 'Level'],
              rows: features.map(({ name, psi, level }) => [
                featureWords(name),
                psi.toFixed(3),
                levelWords(level).words,
              ]),
            }}
          />
        </div>
        <div className={styles.gap}>
          <p className={styles.text}>
            Mean prediction now <strong>{score.mean.toFixed(3)}</strong>, in the test{' '}
            {score.meanBefore.toFixed(3)}.
          </p>
          {calibration.length === 0 ? (
            <p className={styles.quiet}>
              Calibration over time shows here once outcomes of its predictions are known.
            </p>
          ) : (
            <LineChart
              label="Share that said yes, week by week, beside what was predicted"
              names={{ value: 'Came', other: 'Predicted' }}
              format={percent}
              points={calibration.map(({ from, observed, predicted, low, high }) => ({
                name: from.slice(5),
                value: observed,
                low,
                high,
                other: predicted,
              }))}
            />
          )}
        </div>
      </div>
    </>
  );
}
