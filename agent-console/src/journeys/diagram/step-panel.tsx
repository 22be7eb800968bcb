'use client';

import { MeaningMark } from '../../design/meaning';
import type { JourneyDetailView } from '../../engine/engine-types';
import { numberWords } from '../../number/number-words';
import { isShortfall, lossMeaning, lostAt, outcomeWords, shareText, stepTypeWords } from '../journey-words';
import { StepCustomers } from './step-customers';
import { stepFacts } from './step-facts';
import styles from './step-panel.module.css';

type Props = {
  journey: JourneyDetailView;
  selected: string | null;
  onSelect: (stepId: string | null) => void;
};

/** All steps with their counts, as a list; one step in full once it is chosen. */
export function StepPanel({ journey, selected, onSelect }: Props): React.ReactNode {
  const node = journey.diagram.nodes.find(({ id }) => id === selected);
  if (node === undefined) return <StepList journey={journey} onSelect={onSelect} />;
  const ways = journey.diagram.edges.filter(({ from }) => from === node.id);
  const facts = stepFacts(journey.definition, node.id);
  return (
    <aside className={styles.panel} aria-label={`Step ${node.name}`}>
      <header className={styles.header}>
        <div>
          <p className={styles.type}>{stepTypeWords(node.type)}</p>
          <h2 className={styles.name}>{node.name}</h2>
        </div>
        <button type="button" className={styles.all} onClick={() => onSelect(null)}>
          All steps
        </button>
      </header>
      <dl className={styles.counts}>
        <Count label="Came here" value={numberWords(node.came)} />
        <Count label="Here now" value={shareText(node.here, node.came)} />
        {Object.entries(node.left).map(([outcome, runs]) => (
          <Count key={outcome} label={outcomeWords(outcome)} value={shareText(runs, node.came)} />
        ))}
        {node.failed === 0 ? null : <Count label="Failed" value={shareText(node.failed, node.came)} alarm />}
      </dl>
      {ways.length === 0 ? null : (
        <>
          <h3 className={styles.heading}>Went on</h3>
          <dl className={styles.counts}>
            {ways.map(({ way, to, label, runs }) => (
              <Count
                key={way}
                label={`${label === '' ? 'next' : label} → ${to}`}
                value={shareText(runs, node.came)}
                {...(isShortfall(way) && lossMeaning(runs, node.came) !== 'neutral' ? { alarm: true } : {})}
              />
            ))}
          </dl>
        </>
      )}
      {facts.length === 0 ? null : (
        <>
          <h3 className={styles.heading}>What it does</h3>
          <dl className={styles.facts}>
            {facts.map(({ name, text }) => (
              <div key={name}>
                <dt>{name}</dt>
                <dd>{text}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {node.type === 'end' ? null : <StepCustomers journeyId={journey.journeyId} stepId={node.id} />}
    </aside>
  );
}

function StepList({ journey, onSelect }: Omit<Props, 'selected'>): React.ReactNode {
  return (
    <aside className={styles.panel} aria-label="Steps">
      <h2 className={styles.heading}>Steps</h2>
      <ul>
        {journey.diagram.nodes.map((node) => {
          const lost = lostAt(node);
          const meaning = lossMeaning(lost, node.came);
          return (
            <li key={node.id}>
              <button type="button" className={styles.step} onClick={() => onSelect(node.id)}>
                <span className={styles.stepName}>{node.name}</span>
                <span className={styles.stepCount}>{numberWords(node.came)}</span>
                <span className={styles.stepType}>{stepTypeWords(node.type)}</span>
                <span className={styles.stepType}>
                  {node.here === 0 ? '' : `${numberWords(node.here)} here`}
                  {lost === 0 ? null : (
                    <span className={styles.lost}>
                      <MeaningMark meaning={meaning} />
                      {shareText(lost, node.came)} left
                    </span>
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ul>
    </aside>
  );
}

function Count({
  label,
  value,
  alarm = false,
}: {
  label: string;
  value: string;
  alarm?: boolean;
}): React.ReactNode {
  return (
    <div className={styles.count}>
      <dt>{label}</dt>
      <dd>
        {alarm ? <MeaningMark meaning="act" /> : null}
        {value}
      </dd>
    </div>
  );
}
