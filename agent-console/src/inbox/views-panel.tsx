'use client';

import { Star, Trash2, Users } from 'lucide-react';
import { IconButton } from '../design/button';
import { choiceKeys } from '../design/choice-keys';
import { classNames } from '../design/class-names';
import float from '../design/float.module.css';
import { Kbd } from '../design/kbd';
import { Notice } from '../design/notice';
import type { InboxFilter } from '../engine/engine-types';
import { useMay } from '../session/use-may';
import { searchOf } from './inbox-filter';
import { QueuePanel } from './queue-panel';
import styles from './queue-panel.module.css';
import type { Views } from './use-views';

type Props = {
  /** The filter that is shown, as in the address. */
  search: string;
  views: Views;
  onChoose: (filter: InboxFilter) => void;
  onClose: () => void;
};

/** The saved views: one press or one number shows one; the star is what the queue begins with. */
export function ViewsPanel({ search, views, onChoose, onClose }: Props): React.ReactNode {
  const { items, defaultViewId, change, makeDefault, remove } = views;
  const mayShare = useMay('inbox:share');
  const choose = (filter: InboxFilter): void => {
    onChoose(filter);
    onClose();
  };
  const onKeyDown = choiceKeys({
    choices: items,
    choose: ({ filter }) => choose(filter),
    stops: '[data-view]',
  });
  return (
    <QueuePanel label="Views" onClose={onClose}>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the keys of the buttons inside */}
      <div onKeyDown={onKeyDown} className={styles.views}>
        <View
          name="Everybody"
          current={search === ''}
          begins={defaultViewId === null}
          onChoose={() => choose({})}
          onBegin={() => void makeDefault(null)}
        />
        {items.map((view, index) => (
          <View
            key={view.viewId}
            name={view.name}
            number={index + 1}
            shared={view.shared}
            current={searchOf(view.filter) === search}
            begins={view.viewId === defaultViewId}
            onChoose={() => choose(view.filter)}
            onBegin={() => void makeDefault(view.viewId)}
            onRemove={view.shared && !mayShare ? null : () => void remove(view)}
          />
        ))}
      </div>
      {items.length > 0 ? null : (
        <p className={styles.quiet}>
          Filter the queue with <Kbd>F</Kbd> and save it under a name: it stands here, a number away.
        </p>
      )}
      {change.problem === null ? null : (
        <Notice meaning="act" announce>
          {change.problem}
        </Notice>
      )}
    </QueuePanel>
  );
}

type ViewProps = {
  name: string;
  number?: number;
  shared?: boolean;
  current: boolean;
  begins: boolean;
  onChoose: () => void;
  onBegin: () => void;
  /** Null: it is not this person's to delete. */
  onRemove?: (() => void) | null;
};

function View(props: ViewProps): React.ReactNode {
  const { name, number, shared = false, current, begins, onChoose, onBegin, onRemove = null } = props;
  return (
    <div className={styles.viewRow}>
      <button
        type="button"
        data-view
        className={classNames(float.item, styles.viewItem)}
        aria-current={current ? 'true' : undefined}
        onClick={onChoose}
      >
        <span className={styles.viewName}>{name}</span>
        {shared ? (
          <span className={styles.quiet} title="The team’s">
            <Users size={13} strokeWidth={1.8} aria-hidden="true" />
            <span className="sr-only">, the team’s</span>
          </span>
        ) : null}
        {number !== undefined && number < 10 ? <Kbd>{String(number)}</Kbd> : null}
      </button>
      <IconButton
        size="small"
        label={begins ? `The queue begins with “${name}”` : `Begin with “${name}”`}
        aria-pressed={begins}
        onClick={onBegin}
      >
        <Star size={14} strokeWidth={1.8} fill={begins ? 'currentColor' : 'none'} />
      </IconButton>
      {onRemove === null ? (
        <span className={styles.noButton} />
      ) : (
        <IconButton size="small" label={`Delete “${name}”`} onClick={onRemove}>
          <Trash2 size={14} strokeWidth={1.8} />
        </IconButton>
      )}
    </div>
  );
}
