'use client';

import { Inbox, LayoutGrid, Sparkle, UserRound } from 'lucide-react';
import dynamic from 'next/dynamic';
import { usePathname } from 'next/navigation';
import { useState } from 'react';
import { Link } from '../design/link';
import { useSession } from '../session/session-provider';
import { areaOf, areasOf } from './areas';
import { usePanes } from './panes';
import { PersonMenu } from './person-menu';
import styles from './shell.module.css';

const load = () => import('./more-sheet');
const MoreSheet = dynamic(() => load().then((module) => module.MoreSheet), { ssr: false });

/** The way between panes and parts where only one pane fits. What has no room here is behind "More". */
export function BottomBar({ onHelp }: { onHelp: () => void }): React.ReactNode {
  const path = usePathname();
  const { permissions } = useSession();
  const { pane, showPane } = usePanes();
  const [more, setMore] = useState(false);
  const customerOpen = path.startsWith('/customers');
  const current = areaOf(path);
  const [second] = areasOf('work', permissions).filter(({ href }) => href !== '/');
  const Second = second?.icon;
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
      ) : second === undefined || Second === undefined ? null : (
        <Link
          href={second.href}
          aria-current={current?.href === second.href ? 'page' : undefined}
          className={styles.tab}
        >
          <Second size={20} strokeWidth={1.6} />
          {second.label}
        </Link>
      )}
      <button
        type="button"
        aria-haspopup="dialog"
        aria-expanded={more}
        className={styles.tab}
        onFocus={() => void load()}
        onClick={() => setMore(true)}
      >
        <LayoutGrid size={20} strokeWidth={1.6} />
        More
      </button>
      <PersonMenu onHelp={onHelp} className={styles.tab} labelled />
      {more ? <MoreSheet onClose={() => setMore(false)} /> : null}
    </nav>
  );
}
