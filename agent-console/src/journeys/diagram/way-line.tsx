import { classNames } from '../../design/class-names';
import { MeaningMark } from '../../design/meaning';
import type { WayArrow } from './diagram-model';
import styles from './journey-flow.module.css';
import { arrowPaths, type Point } from './lay-out';

type Props = { arrow: WayArrow; points: readonly Point[] };

/** The line of a way, the wider the more took it; to stand in an SVG. */
export function WayLine({ arrow, points }: Props): React.ReactNode {
  const { meaning, share } = arrow;
  const { line, head } = arrowPaths(points);
  return (
    <g className={classNames(styles.way, styles[meaning], share === 0 && styles.unused)}>
      <path d={line} className={styles.line} style={{ strokeWidth: 1 + 3 * (share ?? 0) }} />
      <path d={head} className={styles.head} />
    </g>
  );
}

/** What leads along a way, and how many took it. */
export function WayLabel({ arrow, at }: { arrow: WayArrow; at: Point }): React.ReactNode {
  const { meaning, text } = arrow;
  if (text === '') return null;
  return (
    <span className={classNames(styles.label, styles[meaning])} style={{ left: at.x, top: at.y }}>
      {meaning === 'neutral' ? null : <MeaningMark meaning={meaning} />}
      {text}
    </span>
  );
}
