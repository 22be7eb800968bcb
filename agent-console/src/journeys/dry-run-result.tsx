import { MeaningTag } from '../design/meaning';
import type { DryRunAnswer } from '../engine/engine-types';
import { absoluteTime } from '../time/relative-time';
import styles from './dry-run-result.module.css';
import { outcomeWords } from './journey-words';

/** What a journey would do for a customer, step by step, with the words of each message. */
export function DryRunResult({ result }: { result: DryRunAnswer }): React.ReactNode {
  const { displayName, fitsEntry, outcome, reason, trail, messages } = result;
  return (
    <div>
      <p className={styles.summary}>
        <MeaningTag meaning={fitsEntry ? 'good' : 'watch'}>
          {fitsEntry ? 'Would enter now' : 'Would not enter now'}
        </MeaningTag>
        <span>
          {displayName}:{' '}
          {messages.length === 0
            ? 'nothing is sent'
            : messages.length === 1
              ? 'one message'
              : `${messages.length} messages`}
          ; {outcome === null ? 'cut off after 500 steps' : outcomeWords(outcome).toLowerCase()}
          {reason === '' ? '' : ` (${reason})`}.
        </span>
      </p>
      <ol className={styles.trail}>
        {trail.map(({ at, stepId, note }, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a step may come again at the same time; its place is its name
          <li key={index} className={styles.entry}>
            <time dateTime={at} className={styles.at}>
              {absoluteTime(Date.parse(at))}
            </time>
            <span className={styles.step}>{stepId}</span>
            <span>{note}</span>
          </li>
        ))}
      </ol>
      {messages.map((message) => (
        <article key={`${message.at} ${message.actionId}`} className={styles.message}>
          <h2 className={styles.subject}>{message.subject}</h2>
          <p className={styles.about}>
            {message.channel}, {absoluteTime(Date.parse(message.at))}
          </p>
          <p className={styles.text}>{message.text}</p>
        </article>
      ))}
    </div>
  );
}
