'use client';

import { usePathname } from 'next/navigation';
import { Link } from '../design/link';
import { useSession } from '../session/session-provider';
import { areaOf, areasOf } from './areas';
import styles from './settings-frame.module.css';

/** The settings: their list beside the one that is open. On narrow screens the list is in the "More" sheet. */
export function SettingsFrame({ children }: { children: React.ReactNode }): React.ReactNode {
  const { permissions } = useSession();
  const current = areaOf(usePathname());
  return (
    <div className={styles.frame}>
      <nav aria-label="Settings" className={styles.list}>
        <p className={styles.title}>Settings</p>
        {areasOf('settings', permissions).map(({ href, label, icon: Icon }) => (
          <Link
            key={href}
            href={href}
            aria-current={current?.href === href ? 'page' : undefined}
            className={styles.link}
          >
            <Icon size={16} strokeWidth={1.6} />
            {label}
          </Link>
        ))}
      </nav>
      {children}
    </div>
  );
}
