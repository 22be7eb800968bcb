'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Empty } from '../design/empty';
import { Notice } from '../design/notice';
import { Logo } from '../shell/logo';
import type { PluginSession } from './use-plugin-session';

type Props = { plugin: PluginSession; again: boolean };

/** Who the agent is Segue asks them itself, in a window of its own. */
export function EmbedSignIn({ plugin, again }: Props): React.ReactNode {
  const [blocked, setBlocked] = useState(false);
  return (
    <Empty
      icon={<Logo size={32} />}
      title={again ? 'Sign in to Segue again' : 'Sign in to Segue'}
      action={
        <Button look="primary" onClick={() => setBlocked(!plugin.signIn())}>
          Sign in
        </Button>
      }
    >
      <p>A small window opens and closes by itself. Your help desk does not see your password.</p>
      {blocked ? (
        <Notice meaning="watch" announce>
          The browser did not open the window: allow pop-ups for this page, then try again.
        </Notice>
      ) : null}
    </Empty>
  );
}
