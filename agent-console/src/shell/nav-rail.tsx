'use client';

import { PanelLeft, Settings } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Fragment } from 'react';
import { Link } from '../design/link';
import { Tip } from '../design/tip';
import { LiveDot } from '../live/live-dot';
import { useSession } from '../session/session-provider';
import { areaOf, areasOf } from './areas';
import { Logo } from './logo';
import { usePanes } from './panes';
import { PersonMenu } from './person-menu';
import styles from './shell.module.css';

/** The way between the parts of the console, on the left of wide screens. */
export function NavRail({ onHelp }: { onHelp: () => void }): React.ReactNode {
  const path = usePathname();
  const { permissions } = useSession();
  const { queueOpen, setQueueOpen } = usePanes();
  const current = areaOf(path);
  const groups = (['work', 'plan', 'measure'] as const)
    .map((group) => ({ group, areas: areasOf(group, permissions) }))
    .filter(({ areas }) => areas.length > 0);
  const [settings] = areasOf('settings', permissions);
  return (
    <nav aria-label="Main" className={styles.rail}>
      <Link href="/" aria-label="Segue, to the inbox" className={styles.brand}>
        <Logo />
      </Link>
      {groups.map(({ group, areas }, index) => (
        <Fragment key={group}>
          {index === 0 ? null : <span className={styles.divider} />}
          {areas.map(({ href, label, icon: Icon }) => (
            <RailLink key={href} href={href} label={label} current={current?.href === href}>
              <Icon size={19} strokeWidth={1.6} />
            </RailLink>
          ))}
        </Fragment>
      ))}
      {current?.href === '/' ? (
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
      {settings === undefined ? null : (
        <RailLink href={settings.href} label="Settings" current={current?.group === 'settings'}>
          <Settings size={19} strokeWidth={1.6} />
        </RailLink>
      )}
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
