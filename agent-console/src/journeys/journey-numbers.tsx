import { MeaningMark } from '../design/meaning';
import type { JourneyDetailView } from '../engine/engine-types';
import { numberWords } from '../number/number-words';
import styles from './journey-numbers.module.css';
import { outcomeWords, percent } from './journey-words';

/** The journey in numbers, over all its versions. */
export function JourneyNumbers({ journey }: { journey: JourneyDetailView }): React.ReactNode {
  const { counts, refused } = journey;
  const { entered, enteredThisWeek, active, ended, reachedGoal, failed, outcomes } = counts;
  const turnedAway = Object.values(refused).reduce((sum, people) => sum + people, 0);
  const list = (of: Readonly<Record<string, number>>, words: (name: string) => string) =>
    Object.entries(of)
      .map(([name, runs]) => `${words(name)}: ${numberWords(runs)}`)
      .join('\n');
  return (
    <dl className={styles.numbers}>
      <Figure label="Entered" value={numberWords(entered)}>
        {`${numberWords(enteredThisWeek)} in 7 days`}
      </Figure>
      <Figure label="Under way" value={numberWords(active)}>
        now
      </Figure>
      <Figure label="Reached goal" value={numberWords(reachedGoal)}>
        {entered === 0 ? 'nobody entered yet' : `${percent(reachedGoal / entered)} of all that entered`}
      </Figure>
      <Figure label="Over" value={numberWords(ended)} title={list(outcomes, outcomeWords)}>
        {`${numberWords(outcomes['completed'] ?? 0)} to the last step`}
      </Figure>
      <Figure label="Failed" value={numberWords(failed)} {...(failed > 0 ? { alarm: true } : {})}>
        {failed === 0 ? 'none' : 'wait to be tried again'}
      </Figure>
      <Figure label="Not let in" value={numberWords(turnedAway)} title={list(refused, (reason) => reason)}>
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
