import type { ChurnView } from '../engine/engine-types';
import styles from './leaving-curve.module.css';

type ByWhen = NonNullable<ChurnView['byWhen']>;

const YEAR = 52;
const HEIGHT = 48;
const HALF = HEIGHT / 2;

/** How likely it is that no order comes after so many weeks, over a year: at least as likely as none in the coming ones. */
export function LeavingCurve({ byWeek, likelyWeek }: ByWhen): React.ReactNode {
  const points = byWeek.map(({ weeks, probability }) => ({
    x: (100 * weeks) / YEAR,
    y: HEIGHT * (1 - probability),
  }));
  const line = `M${points.map(({ x, y }) => `${x} ${y}`).join('L')}`;
  const [first, last] = [points[0]?.x ?? 0, points.at(-1)?.x ?? 0];
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.caption}>
        No more orders after
        <span>{likelyWeek === null ? 'more are likely all year' : `likely after ${time(likelyWeek)}`}</span>
      </figcaption>
      <svg
        viewBox={`0 0 100 ${HEIGHT}`}
        preserveAspectRatio="none"
        className={styles.curve}
        aria-hidden="true"
        focusable="false"
      >
        <path d={`${line}L${last} ${HEIGHT}L${first} ${HEIGHT}Z`} className={styles.area} />
        <line x1="0" x2="100" y1={HALF} y2={HALF} className={styles.half} />
        <path d={line} className={styles.line} />
      </svg>
      <ol className={styles.weeks}>
        {byWeek.map(({ weeks, probability }) => (
          <li key={weeks} style={{ left: `${(100 * weeks) / YEAR}%` }}>
            <span className="sr-only">After {time(weeks)}: </span>
            <strong>{Math.round(100 * probability)}%</strong>
            <span aria-hidden="true">{short(weeks)}</span>
          </li>
        ))}
      </ol>
    </figure>
  );
}

const SHORT: Readonly<Record<number, string>> = { 4: '1 mo', 13: '3 mo', 26: '6 mo', 52: '1 y' };

function short(weeks: number): string {
  return SHORT[weeks] ?? `${weeks} w`;
}

function time(weeks: number): string {
  switch (weeks) {
    case 1:
      return 'a week';
    case 26:
      return 'half a year';
    case YEAR:
      return 'a year';
    default:
      return `${weeks} weeks`;
  }
}
