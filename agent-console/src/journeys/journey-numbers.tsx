import { MeaningMark } from '../design/meaning';
import type { JourneyDetailView } from '../engine/engine-types';
import styles from './journey-numbers.module.css';
import { countText, outcomeWords, percent } from './journey-words';

/** The journey in numbers, over all its versions. */
export function JourneyNumbers({ journey }: { journey: JourneyDetailView }): React.ReactNode {
  const { counts, refused } = journey;
  const { entered, enteredThisWeek, active, ended, reachedGoal, failed, outcomes } = counts;
  const turnedAway = Object.values(refused).reduce((sum, people) => sum + people, 0);
  const list = (of: Readonly<Record<string, number>>, words: (name: string) => string) =>
    Object.entries(of)
      .map(([name, runs]) => `${words(name)}: ${countText(runs)}`)
      .join('\n');
  return (
    <dl className={styles.numbers}>
      <Figure label="Entered" value={countText(entered)}>
        {`${countText(enteredThisWeek)} in 7 days`}
      </Figure>
      <Figure label="Under way" value={countText(active)}>
        now
      </Figure>
      <Figure label="Reached goal" value={countText(reachedGoal)}>
        {entered === 0 ? 'nobody entered yet' : `${percent(reachedGoal / entered)} of all that entered`}
      </Figure>
      <Figure label="Over" value={countText(ended)} title={list(outcomes, outcomeWords)}>
        {`${countText(outcomes['completed'] ?? 0)} to the last step`}
      </Figure>
      <Figure label="Failed" value={countText(failed)} {...(failed > 0 ? { alarm: true } : {})}>
        {failed === 0 ? 'none' : 'wait to be tried again'}
      </Figure>
      <Figure label="Not let in" value={countText(turnedAway)} title={list(refused, (reason) => reason)}>
        {turnedAway === 0 ? 'nobody' : (mostOf(refused) ?? '')}
      </Figure>
    </dl>
  );
}

function mostOf(refused: Readonly<Record<string, number>>): string | undefined {
  const [most] = Object.entries(refused).sort(([, a], [, b]) => b - a);
  return most === undefined ? undefined : `mostly “${most[0]}”`;
}

type Props = { label: string; value: string; children: string; title?: string; alarm?: boolean };

function Figure({ label, value, children, title, alarm = false }: Props): React.ReactNode {
  return (
    <div {...(title === undefined || title === '' ? {} : { title })}>
      <dt className={styles.label}>{label}</dt>
      <dd>
        <span className={styles.value}>
          {alarm ? <MeaningMark meaning="act" /> : null}
          {value}
        </span>
        <span className={styles.note}>{children}</span>
      </dd>
    </div>
  );
}
