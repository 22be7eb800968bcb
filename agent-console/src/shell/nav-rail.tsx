'use client';

import { Inbox, PanelLeft, SendHorizontal } from 'lucide-react';
import Link from 'next/link';
import { usePathname } from 'next/navigation';
import { Tip } from '../design/tip';
import { LiveDot } from '../live/live-dot';
import { Logo } from './logo';
import { usePanes } from './panes';
import { PersonMenu } from './person-menu';
import styles from './shell.module.css';

/** The way between the parts of the console, on the left of wide screens. */
export function NavRail({ onHelp }: { onHelp: () => void }): React.ReactNode {
  const path = usePathname();
  const { queueOpen, setQueueOpen } = usePanes();
  const working = path === '/' || path.startsWith('/customers');
  return (
    <nav aria-label="Main" className={styles.rail}>
      <Link href="/" aria-label="Segue, to the inbox" className={styles.brand}>
        <Logo />
      </Link>
      <RailLink href="/" label="Inbox" current={working}>
        <Inbox size={20} strokeWidth={1.6} />
      </RailLink>
      <RailLink href="/outbox" label="Outbox" current={path.startsWith('/outbox')}>
        <SendHorizontal size={19} strokeWidth={1.6} />
      </RailLink>
      {working ? (
        <button
          type="button"
          aria-label="Queue"
          aria-expanded={queueOpen}
          title="Queue"
          className={`${styles.link} ${styles.queueButton}`}
          onClick={() => setQueueOpen(!queueOpen)}
        >
          <PanelLeft size={20} strokeWidth={1.6} />
        </button>
      ) : null}
      <span className={styles.space} />
      <LiveDot />
      <PersonMenu onHelp={onHelp} />
    </nav>
  );
}

type RailLinkProps = { href: string; label: string; current: boolean; children: React.ReactNode };

function RailLink({ href, label, current, children }: RailLinkProps): React.ReactNode {
  return (
    <Tip text={label} side="right">
      <Link
        href={href}
        aria-label={label}
        aria-current={current ? 'page' : undefined}
        className={styles.link}
      >
        {children}
      </Link>
    </Tip>
  );
}
