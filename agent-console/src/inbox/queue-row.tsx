import { Eye, Frown, ShoppingBasket, TrendingDown, Truck, Zap } from 'lucide-react';
import { memo } from 'react';
import { Avatar } from '../design/avatar';
import { MeaningMark } from '../design/meaning';
import type { InboxItem } from '../engine/engine-types';
import { Moment } from '../time/moment';
import { bandMeaning, bandWords, kindWords } from './inbox-words';
import styles from './queue.module.css';

const ICONS: Record<InboxItem['kind'], React.ReactNode> = {
  unhappy: <Frown size={13} strokeWidth={1.9} />,
  leaving: <TrendingDown size={13} strokeWidth={1.9} />,
  basket: <ShoppingBasket size={13} strokeWidth={1.9} />,
  delivery: <Truck size={13} strokeWidth={1.9} />,
  active: <Zap size={13} strokeWidth={1.9} />,
};

type Props = {
  customerId: string;
  /** Null: the customer left the list while it was held still. */
  item: InboxItem | null;
  selected: boolean;
  /** Goes to the customer's page; the same function every time. */
  onOpen: (href: string) => void;
  /** The filter of the queue, which goes along. */
  search: string;
  /** Who looks. */
  agentId: string;
  /** Who has their page open besides, in words; '' = nobody. */
  here: string;
};

/** One customer in the queue: who, why, how it stands. Drawn once, however the list moves under it. */
export const QueueRow = memo(function QueueRow({
  customerId,
  item,
  selected,
  onOpen,
  search,
  agentId,
  here,
}: Props): React.ReactNode {
  const href = `/customers/${encodeURIComponent(customerId)}${search === '' ? '' : `?${search}`}`;
  return (
    // Plain rather than Next's own, which does more than a row needs: a flick draws hundreds of them in a second.
    <a
      href={href}
      onClick={(event) => {
        if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
        event.preventDefault();
        onOpen(href);
      }}
      data-customer={customerId}
      aria-current={selected ? 'true' : undefined}
      className={styles.row}
    >
      <Avatar name={item?.displayName ?? '·'} size={28} />
      <span className={styles.main}>
        <span className={styles.line}>
          <span className={styles.name}>{item?.displayName ?? 'Done'}</span>
          {item === null ? null : <Moment at={item.lastEventAt} className={styles.age} />}
        </span>
        <span className={styles.why}>
          {item === null ? (
            'No longer needs you'
          ) : (
            <>
              <span className={styles.kind} title={kindWords(item.kind)}>
                {ICONS[item.kind]}
              </span>
              <span className={styles.whyText} title={item.why}>
                {item.why}
              </span>
              {here === '' ? null : (
                <span className={styles.here} title={here}>
                  <Eye size={13} strokeWidth={1.9} role="img" aria-label={here} />
                </span>
              )}
              {item.assigned === null ? null : (
                <span
                  className={styles.assigned}
                  data-mine={item.assigned.agentId === agentId}
                  title={
                    item.assigned.agentId === agentId
                      ? 'You look after them'
                      : `${item.assigned.name} looks after them`
                  }
                >
                  {item.assigned.agentId === agentId ? 'You' : firstName(item.assigned.name)}
                </span>
              )}
              {item.churn === null || item.churn.band === 'unlikely' ? null : (
                <span title={bandWords(item.churn.band)}>
                  <MeaningMark meaning={bandMeaning(item.churn.band)} label={bandWords(item.churn.band)} />
                </span>
              )}
            </>
          )}
        </span>
      </span>
    </a>
  );
});

/** As much of a colleague's name as a row has room for. */
function firstName(name: string): string {
  return name.split(/[\s@]/u)[0] ?? name;
}
