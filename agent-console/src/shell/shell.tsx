'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { KeyboardHelp } from '../keyboard/keyboard-help';
import { useCommand } from '../keyboard/use-commands';
import { ConnectionNotice } from '../live/connection-notice';
import { SessionGate } from '../session/session-gate';
import { BottomBar } from './bottom-bar';
import { NavRail } from './nav-rail';
import { PanesProvider } from './panes';
import styles from './shell.module.css';
import { ShellSkeleton } from './shell-skeleton';

/** The frame of every page of the console. */
export function Shell({ children }: { children: React.ReactNode }): React.ReactNode {
  const [helpOpen, setHelpOpen] = useState(false);
  const router = useRouter();
  useCommand('help', () => setHelpOpen(true));
  useCommand('inbox', () => router.push('/'));
  useCommand('outbox', () => router.push('/outbox'));
  return (
    <PanesProvider>
      <div className={styles.shell}>
        <SessionGate waiting={<ShellSkeleton />}>
          <NavRail onHelp={() => setHelpOpen(true)} />
          <div className={styles.view}>{children}</div>
          <BottomBar onHelp={() => setHelpOpen(true)} />
          <ConnectionNotice />
          <KeyboardHelp open={helpOpen} onClose={() => setHelpOpen(false)} />
        </SessionGate>
      </div>
    </PanesProvider>
  );
}
