'use client';

import { ChevronDown, ListFilter, X } from 'lucide-react';
import dynamic from 'next/dynamic';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../design/button';
import type { InboxViewView } from '../engine/engine-types';
import type { ViewCommand } from '../keyboard/key-map';
import { useCommand } from '../keyboard/use-commands';
import { filterParts, searchOf } from './inbox-filter';
import styles from './queue-heading.module.css';
import { useChoices } from './use-choices';
import type { QueueFilter } from './use-queue-filter';
import { useViews } from './use-views';

// Fetched with the first look at them.
const FilterPanel = dynamic(() => import('./filter-panel').then((module) => module.FilterPanel), {
  ssr: false,
});
const ViewsPanel = dynamic(() => import('./views-panel').then((module) => module.ViewsPanel), { ssr: false });

type Props = {
  queueFilter: QueueFilter;
  /** How many there are, or what is new. */
  children: React.ReactNode;
};

/** What the queue shows: the view by its name, what it asks for, and the ways to change that. */
export function QueueHeading({ queueFilter, children }: Props): React.ReactNode {
  const { filter, search, choose, beginWith } = queueFilter;
  const [open, setOpen] = useState<'filter' | 'views' | null>(null);
  const filterButton = useRef<HTMLButtonElement>(null);
  const viewsButton = useRef<HTMLButtonElement>(null);
  const views = useViews();
  const choices = useChoices(open === 'filter' || filter.segment !== undefined);
  const current = search === '' ? null : views.items.find((view) => searchOf(view.filter) === search);
  useCommand('filter', () => setOpen('filter'));
  useCommand('views', () => setOpen('views'));

  const begin = views.items.find(({ viewId }) => viewId === views.defaultViewId)?.filter;
  useEffect(() => {
    if (views.ready) beginWith(begin ?? {});
  }, [views.ready, begin, beginWith]);

  const close = (): void => {
    // Back to where it was opened from, unless the focus has gone on already.
    if (document.activeElement === document.body || document.activeElement?.closest('[role="dialog"]'))
      (open === 'filter' ? filterButton : viewsButton).current?.focus();
    setOpen(null);
  };
  const parts = filterParts(filter, choices.segmentName);
  return (
    <div className={styles.place}>
      <div className={styles.heading}>
        <h2 className={styles.title}>
          <button
            ref={viewsButton}
            type="button"
            className={styles.view}
            aria-haspopup="dialog"
            aria-expanded={open === 'views'}
            title="Saved views (V)"
            onClick={() => setOpen(open === 'views' ? null : 'views')}
          >
            <span className={styles.viewName}>
              {search === '' ? 'Need you now' : (current?.name ?? 'Filtered')}
            </span>
            <ChevronDown size={13} strokeWidth={1.9} />
          </button>
        </h2>
        {children}
        <IconButton
          ref={filterButton}
          label="Filter the queue (F)"
          size="small"
          aria-haspopup="dialog"
          aria-expanded={open === 'filter'}
          onClick={() => setOpen(open === 'filter' ? null : 'filter')}
        >
          <ListFilter size={15} strokeWidth={1.8} />
        </IconButton>
      </div>
      {parts.length === 0 ? null : (
        <ul className={styles.parts} aria-label="The filter">
          {parts.map(({ key, words, without }) => (
            <li key={key}>
              <button
                type="button"
                className={styles.part}
                aria-label={`Without “${words}”`}
                onClick={() => choose(without)}
              >
                <span className={styles.partWords}>{words}</span>
                <X size={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      {open === 'filter' ? (
        <FilterPanel
          filter={filter}
          onChange={choose}
          onClose={close}
          choices={choices}
          views={views}
          saved={current !== undefined}
        />
      ) : null}
      {open === 'views' ? (
        <ViewsPanel search={search} views={views} onChoose={choose} onClose={close} />
      ) : null}
      {views.items.slice(0, 9).map((view, index) => (
        <ViewKey key={view.viewId} number={index + 1} view={view} onChoose={choose} />
      ))}
    </div>
  );
}

type ViewKeyProps = { number: number; view: InboxViewView; onChoose: QueueFilter['choose'] };

/** A number opens the view that stands there. */
function ViewKey({ number, view, onChoose }: ViewKeyProps): React.ReactNode {
  useCommand(`view-${number}` as ViewCommand, () => onChoose(view.filter));
  return null;
}
