import { Button } from '../design/button';
import { Link } from '../design/link';
import { type Meaning, MeaningMark } from '../design/meaning';
import { relativeTime } from '../time/relative-time';
import { useNow } from '../time/use-now';
import { type Answer, type GivenAnswer, NO_REASONS } from './answers';
import styles from './next-actions.module.css';

type Props = { entry: GivenAnswer; onRetry: () => void };

/** What was answered, by whom, and whether it is kept. */
export function AnswerLine({ entry, onRetry }: Props): React.ReactNode {
  const now = useNow();
  const failed = entry.state === 'failed';
  return (
    <div className={styles.answer} data-state={entry.state}>
      <MeaningMark meaning={failed ? 'act' : meaningOf(entry.answer)} className={styles.answerMark} />
      <div className={styles.answerText}>
        <p>
          <span className={styles.answerName}>
            {entry.by ?? 'You'} said {words(entry.answer)}
          </span>{' '}
          to “{entry.name}”{aside(entry.answer, now)}
        </p>
        {failed ? (
          <p className={styles.answerProblem}>Not kept yet. {entry.problem}</p>
        ) : entry.state === 'sending' ? (
          <p className={styles.answerAside}>Keeping it…</p>
        ) : (
          <Link href={`/decisions/${encodeURIComponent(entry.decisionId)}`} className={styles.answerLink}>
            Kept in the decision’s record
          </Link>
        )}
      </div>
      {failed ? (
        <Button size="small" onClick={onRetry}>
          Try again
        </Button>
      ) : null}
    </div>
  );
}

function words(answer: Answer): string {
  switch (answer.outcome) {
    case 'accepted':
      return 'yes';
    case 'rejected':
      return 'no';
    case 'postponed':
      return 'later';
  }
}

function aside(answer: Answer, now: number): string {
  switch (answer.outcome) {
    case 'accepted':
      return '';
    case 'rejected': {
      const reason = NO_REASONS.find((entry) => entry.value === answer.note)?.label ?? answer.note;
      return reason === '' ? '' : `: ${reason.toLowerCase()}`;
    }
    case 'postponed': {
      const until = Date.parse(answer.until);
      return Number.isNaN(until) || now === 0 ? '' : `, again ${relativeTime(until, now)}`;
    }
  }
}

function meaningOf(answer: Answer): Meaning {
  switch (answer.outcome) {
    case 'accepted':
      return 'good';
    case 'rejected':
      return 'neutral';
    case 'postponed':
      return 'watch';
  }
}
