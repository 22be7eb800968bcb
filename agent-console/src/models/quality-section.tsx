import { BarRows } from '../charts/bar-rows';
import { CalibrationChart } from '../charts/calibration-chart';
import { IntervalRows } from '../charts/interval-rows';
import { LineChart } from '../charts/line-chart';
import { Notice } from '../design/notice';
import type { ModelVersionDetail } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import page from '../shell/page.module.css';
import { baselineWords, featureWords, metricsOf } from './model-words';
import styles from './models.module.css';

/** How good the version in force was in its test, beside what is known without it. */
export function QualitySection({ version }: { version: ModelVersionDetail }): React.ReactNode {
  const { figures, report } = version;
  if (figures === null) {
    return <Notice meaning="act">{version.problem ?? 'Its files can’t be read.'}</Notice>;
  }
  const { testedOn, trainedOn } = figures;
  return (
    <>
      <section className={page.section} aria-labelledby="quality">
        <h2 id="quality" className={page.sectionTitle}>
          How good it is
        </h2>
        <p className={styles.text}>
          {testedOn === null
            ? 'The size of its test was not kept: train it again to see it.'
            : `Tested on ${numberWords(testedOn.n)} rows it had not seen, ${numberWords(testedOn.positives)} of them yes (${testedOn.split}).`}{' '}
          Trained on {numberWords(trainedOn.rows)} rows. Intervals are 95 %, by bootstrap.
        </p>
        <div className={styles.metrics}>
          {metricsOf(figures).map(({ key, name, hint, digits }) => (
            <div key={key}>
              <div className={styles.metricName}>
                <h3>{name}</h3>
                <span className={styles.quiet}>{hint}</span>
              </div>
              <IntervalRows
                label={`${name} of the model and its baselines`}
                format={(value) => value.toFixed(digits)}
                rows={[
                  { name: 'This model', main: true, ...(figures.metrics[key] ?? NOT_KNOWN) },
                  ...Object.entries(figures.baselines).flatMap(([baseline, each]) => {
                    const estimate = each[key];
                    return estimate === undefined ? [] : [{ name: baselineWords(baseline), ...estimate }];
                  }),
                ]}
              />
            </div>
          ))}
        </div>
        {report?.warnings.map((warning) => (
          <div key={warning} className={styles.gap}>
            <Notice meaning="watch">{warning}</Notice>
          </div>
        ))}
      </section>
      {report === null ? (
        <section className={page.section} aria-labelledby="calibration">
          <h2 id="calibration" className={page.sectionTitle}>
            Calibration
          </h2>
          <p className={styles.text}>
            This version was trained without a report. The next training keeps one: see “Train it again”
            below.
          </p>
        </section>
      ) : (
        <div className={styles.two}>
          <section className={page.section} aria-labelledby="calibration">
            <h2 id="calibration" className={page.sectionTitle}>
              Calibration
            </h2>
            <CalibrationChart
              bins={report.curve}
              label="Predicted against observed shares in the test, in bins of equally many rows"
            />
          </section>
          <section className={page.section} aria-labelledby="rests">
            <h2 id="rests" className={page.sectionTitle}>
              What it rests on most
            </h2>
            <BarRows
              label="Importance of features"
              rows={report.effects.slice(0, 10).map(({ name, importance }) => ({
                name: featureWords(name),
                value: importance ?? 0,
                words: importance === null ? 'not known' : importance.toFixed(3),
              }))}
            />
          </section>
        </div>
      )}
      {report?.survival == null ? null : (
        <section className={page.section} aria-labelledby="survival">
          <h2 id="survival" className={page.sectionTitle}>
            Share still there, week by week
          </h2>
          <LineChart
            label="Share of customers still there by week, predicted and observed in the test"
            names={{ value: 'Predicted', other: 'Observed' }}
            format={(share) => `${Math.round(share * 100)} %`}
            points={report.survival.map(({ week, predicted, observed }) => ({
              name: `week ${week}`,
              value: predicted,
              other: observed,
            }))}
          />
        </section>
      )}
    </>
  );
}

const NOT_KNOWN = { value: null, low: null, high: null };
