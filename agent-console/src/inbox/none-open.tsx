'use client';

import { MousePointerClick } from 'lucide-react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Kbd } from '../design/kbd';
import { usePanes } from '../shell/panes';
import styles from './none-open.module.css';

/** What stands beside the queue while no customer is open. */
export function NoneOpen(): React.ReactNode {
  const { setQueueOpen } = usePanes();
  return (
    <main className={styles.page}>
      <h1 className="sr-only">Inbox</h1>
      <Empty
        icon={<MousePointerClick size={20} strokeWidth={1.5} />}
        title="Choose a customer"
        action={
          <Button size="small" className={styles.open} onClick={() => setQueueOpen(true)}>
            Show the queue
          </Button>
        }
      >
        <p>The queue is ordered by what acting now is worth.</p>
        <p className={styles.keys}>
          <Kbd>J</Kbd> <Kbd>K</Kbd> walk it, <Kbd>↵</Kbd> opens, <Kbd>?</Kbd> shows every key.
        </p>
      </Empty>
    </main>
  );
}
