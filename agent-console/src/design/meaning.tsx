import { classNames } from './class-names';
import styles from './meaning.module.css';

/** What a colour says here; each has a shape of its own, so that none rests on colour alone. */
export type Meaning = 'good' | 'watch' | 'act' | 'neutral';

const SHAPES: Record<Meaning, React.ReactNode> = {
  good: <circle cx="5" cy="5" r="4" />,
  watch: <path d="M5 .6 9.4 5 5 9.4.6 5Z" />,
  act: <path d="M5 .9 9.6 9H.4Z" />,
  neutral: <circle cx="5" cy="5" r="3.25" fill="none" stroke="currentColor" strokeWidth="1.5" />,
};

type MarkProps = { meaning: Meaning; label?: string; className?: string | undefined };

/** The shape alone; with a `label` it speaks for itself, without one the text beside it does. */
export function MeaningMark({ meaning, label, className }: MarkProps): React.ReactNode {
  return (
    <span className={classNames(styles.mark, styles[meaning], className)}>
      <svg viewBox="0 0 10 10" width="9" height="9" fill="currentColor" aria-hidden="true">
        {SHAPES[meaning]}
      </svg>
      {label === undefined ? null : <span className="sr-only">{label}</span>}
    </span>
  );
}

type TagProps = { meaning: Meaning; children: React.ReactNode; title?: string };

/** A word with its meaning. */
export function MeaningTag({ meaning, children, title }: TagProps): React.ReactNode {
  return (
    <span className={classNames(styles.tag, styles[meaning])} title={title}>
      <MeaningMark meaning={meaning} />
      {children}
    </span>
  );
}
