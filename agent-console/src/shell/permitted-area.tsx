'use client';

import { Lock } from 'lucide-react';
import { usePathname } from 'next/navigation';
import { ButtonLink } from '../design/button-link';
import { Empty } from '../design/empty';
import { useSession } from '../session/session-provider';
import { areaOf, mayOpen } from './areas';
import styles from './permitted-area.module.css';

/** A page, or why this agent may not open it. The engine refuses its calls all the same. */
export function PermittedArea({ children }: { children: React.ReactNode }): React.ReactNode {
  const { session, permissions } = useSession();
  const area = areaOf(usePathname());
  if (area === null || mayOpen(area, permissions)) return children;
  const role = session.state === 'signed-in' ? session.agent.role : '';
  return (
    <main className={styles.page}>
      <h1 className="sr-only">{area.label}: no permission</h1>
      <Empty
        icon={<Lock size={20} strokeWidth={1.5} />}
        title={`${area.label} is not part of your role`}
        action={<ButtonLink href="/">To the inbox</ButtonLink>}
      >
        Your role is {role}. An administrator can give you another one under Settings, People.
      </Empty>
    </main>
  );
}
