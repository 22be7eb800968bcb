'use client';

import { useParams } from 'next/navigation';
import { Queue } from '../inbox/queue';
import styles from './work.module.css';

/** The queue, and beside it whoever is open. */
export function Work({ children }: { children: React.ReactNode }): React.ReactNode {
  const { customerId } = useParams<{ customerId?: string }>();
  return (
    <div className={styles.work}>
      <Queue selected={customerId === undefined ? null : decodeURIComponent(customerId)} />
      {children}
    </div>
  );
}
