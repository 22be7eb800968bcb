'use client';

import dynamic from 'next/dynamic';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { useCommand } from '../keyboard/use-commands';
import { ConnectionNotice } from '../live/connection-notice';
import { SessionGate } from '../session/session-gate';
import { BottomBar } from './bottom-bar';
import { NavRail } from './nav-rail';
import { PanesProvider } from './panes';
import { PermittedArea } from './permitted-area';
import styles from './shell.module.css';
import { ShellSkeleton } from './shell-skeleton';

// Fetched when someone asks for it.
const KeyboardHelp = dynamic(
  () => import('../keyboard/keyboard-help').then((module) => module.KeyboardHelp),
  {
    ssr: false,
  },
);

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
          <div className={styles.view}>
            <PermittedArea>{children}</PermittedArea>
          </div>
          <BottomBar onHelp={() => setHelpOpen(true)} />
          <ConnectionNotice />
          {helpOpen ? <KeyboardHelp open onClose={() => setHelpOpen(false)} /> : null}
        </SessionGate>
      </div>
    </PanesProvider>
  );
}
