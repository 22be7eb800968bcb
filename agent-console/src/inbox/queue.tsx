'use client';

import { Search, X } from 'lucide-react';
import { useRef, useState } from 'react';
import { classNames } from '../design/class-names';
import { Kbd } from '../design/kbd';
import { useCommand } from '../keyboard/use-commands';
import { useSession } from '../session/session-provider';
import { useMay } from '../session/use-may';
import { usePanes } from '../shell/panes';
import styles from './queue.module.css';
import { QueueList } from './queue-list';
import { SearchResults } from './search-results';

type Props = { selected: string | null };

/** The column of customers who need someone, with the search above it. */
export function Queue({ selected }: Props): React.ReactNode {
  const [text, setText] = useState('');
  const { session } = useSession();
  const agentId = session.state === 'signed-in' ? session.agent.agentId : '';
  const mayAnswer = useMay('decisions:answer');
  const field = useRef<HTMLInputElement>(null);
  const { queueOpen, setQueueOpen } = usePanes();
  useCommand('search', () => {
    if (isShown(field.current)) {
      // At once: the next key may already be on its way.
      field.current?.focus();
      return;
    }
    setQueueOpen(true);
    requestAnimationFrame(() => field.current?.focus());
  });

  return (
    <>
      {queueOpen ? (
        // Pressing beside the drawer closes it; Escape and the rail's button do so for the keyboard.
        <div className={styles.scrim} aria-hidden="true" onPointerDown={() => setQueueOpen(false)} />
      ) : null}
      <aside
        aria-label="Queue"
        className={classNames(styles.queue, queueOpen && styles.open, selected !== null && styles.behind)}
        onKeyDown={(event) => {
          if (event.key === 'Escape' && text === '') setQueueOpen(false);
        }}
      >
        <div className={styles.search}>
          <Search size={15} strokeWidth={1.8} className={styles.searchIcon} />
          <input
            ref={field}
            type="search"
            aria-label="Search customers"
            placeholder="Search customers"
            autoComplete="off"
            spellCheck={false}
            className={styles.searchField}
            value={text}
            onChange={(event) => setText(event.target.value)}
            onKeyDown={(event) => {
              if (event.key !== 'Escape') return;
              if (text === '') event.currentTarget.blur();
              else event.stopPropagation();
              setText('');
            }}
          />
          {text === '' ? (
            <Kbd>/</Kbd>
          ) : (
            <button
              type="button"
              aria-label="Clear the search"
              className={styles.clear}
              onClick={() => {
                setText('');
                field.current?.focus();
              }}
            >
              <X size={14} />
            </button>
          )}
        </div>
        {text.trim() === '' ? (
          <QueueList selected={selected} agentId={agentId} mayAnswer={mayAnswer} />
        ) : (
          <SearchResults text={text.trim()} onChosen={() => setText('')} />
        )}
      </aside>
    </>
  );
}

function isShown(element: HTMLElement | null): boolean {
  return element?.checkVisibility({ visibilityProperty: true }) ?? false;
}
