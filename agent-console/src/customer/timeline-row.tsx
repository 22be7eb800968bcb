import { CheckCheck, Mail, Sparkle } from 'lucide-react';
import { classNames } from '../design/class-names';
import { Link } from '../design/link';
import type { TimelineItem } from '../engine/engine-types';
import { Moment } from '../time/moment';
import styles from './timeline-view.module.css';

const ICONS: Record<TimelineItem['kind'], React.ReactNode> = {
  event: <span className={styles.bead} />,
  decision: <Sparkle size={14} strokeWidth={1.7} />,
  outcome: <CheckCheck size={14} strokeWidth={1.7} />,
  delivery: <Mail size={14} strokeWidth={1.7} />,
};

type Props = { item: TimelineItem; fresh: boolean; timeZone: string | null };

/** One thing that happened. Decisions, answers and messages open their record. */
export function TimelineRow({ item, fresh, timeZone }: Props): React.ReactNode {
  return (
    <li className={classNames(styles.row, fresh && styles.fresh)} data-kind={item.kind}>
      <span className={styles.icon} aria-hidden="true">
        {ICONS[item.kind]}
      </span>
      <div className={styles.text}>
        {item.decisionId === null ? (
          <span className={styles.what}>{item.title}</span>
        ) : (
          <Link href={`/decisions/${encodeURIComponent(item.decisionId)}`} className={styles.link}>
            {item.title}
          </Link>
        )}
        {item.detail === '' ? null : <span className={styles.detail}>{item.detail}</span>}
      </div>
      <Moment at={item.at} timeZone={timeZone} className={styles.at} />
    </li>
  );
}
