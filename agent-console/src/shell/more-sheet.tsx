'use client';

import { X } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { Dialog } from 'radix-ui';
import { IconButton } from '../design/button';
import { Link } from '../design/link';
import { useSession } from '../session/session-provider';
import { AREA_GROUPS, areaOf, areasOf, GROUP_NAMES } from './areas';
import styles from './more-sheet.module.css';

/** Every part of the console one may open, from below, where the rail has no room. */
export function MoreSheet({ onClose }: { onClose: () => void }): React.ReactNode {
  const { permissions } = useSession();
  const current = areaOf(usePathname());
  return (
    <Dialog.Root open onOpenChange={(open) => (open ? undefined : onClose())}>
      <Dialog.Portal>
        <Dialog.Overlay className={styles.scrim} />
        <Dialog.Content className={styles.sheet} aria-describedby={undefined}>
          <header className={styles.header}>
            <Dialog.Title className={styles.title}>More</Dialog.Title>
            <Dialog.Close asChild>
              <IconButton label="Close" size="small">
                <X size={16} />
              </IconButton>
            </Dialog.Close>
          </header>
          {AREA_GROUPS.map((group) => {
            const areas = areasOf(group, permissions);
            if (areas.length === 0) return null;
            return (
              <section key={group} aria-label={GROUP_NAMES[group]}>
                <h3 className={styles.group}>{GROUP_NAMES[group]}</h3>
                <ul className={styles.list}>
                  {areas.map(({ href, label, icon: Icon }) => (
                    <li key={href}>
                      <Link
                        href={href}
                        aria-current={current?.href === href ? 'page' : undefined}
                        className={styles.link}
                        onClick={onClose}
                      >
                        <Icon size={18} strokeWidth={1.6} />
                        {label}
                      </Link>
                    </li>
                  ))}
                </ul>
              </section>
            );
          })}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
