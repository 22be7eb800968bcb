'use client';

import { Inbox, SendHorizontal, Sparkle, UserRound } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { usePanes } from './panes';
import { PersonMenu } from './person-menu';
import styles from './shell.module.css';

/** The way between panes and parts where only one pane fits. */
export function BottomBar({ onHelp }: { onHelp: () => void }): React.ReactNode {
  const path = usePathname();
  const { pane, showPane } = usePanes();
  const customerOpen = path.startsWith('/customers');
  return (
    <nav aria-label="Main, below" className={styles.bar}>
      <Link href="/" aria-current={path === '/' ? 'page' : undefined} className={styles.tab}>
        <Inbox size={20} strokeWidth={1.6} />
        Inbox
      </Link>
      {customerOpen ? (
        <>
          <button
            type="button"
            aria-pressed={pane === 'customer'}
            className={styles.tab}
            onClick={() => showPane('customer')}
          >
            <UserRound size={20} strokeWidth={1.6} />
            Customer
          </button>
          <button
            type="button"
            aria-pressed={pane === 'action'}
            className={styles.tab}
            onClick={() => showPane('action')}
          >
            <Sparkle size={20} strokeWidth={1.6} />
            Next action
          </button>
        </>
      ) : null}
      <Link
        href="/outbox"
        aria-current={path.startsWith('/outbox') ? 'page' : undefined}
        className={styles.tab}
      >
        <SendHorizontal size={20} strokeWidth={1.6} />
        Outbox
      </Link>
      <PersonMenu onHelp={onHelp} className={styles.tab} labelled />
    </nav>
  );
}
