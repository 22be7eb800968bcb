'use client';

import { PlugZap, UserRoundSearch } from 'lucide-react';
import { Empty } from '../design/empty';
import { useEngine } from '../engine/engine-provider';
import { KeyboardProvider } from '../keyboard/use-commands';
import { ConnectionNotice } from '../live/connection-notice';
import { awayWords } from '../session/away-words';
import { useSession } from '../session/session-provider';
import { Logo } from '../shell/logo';
import { EmbedCustomer } from './embed-customer';
import styles from './embed-page.module.css';
import { EmbedSignIn } from './embed-sign-in';
import { ReplyTargetProvider } from './reply-target';
import { useHost } from './use-host';
import { usePluginSession } from './use-plugin-session';

/** The right column of the customer page alone, inside a help desk. Who the customer is the host says; who the agent is, Segue. */
export function EmbedPage({ origins }: { origins: readonly string[] }): React.ReactNode {
  const { context, framed, insert } = useHost(origins);
  const { session } = useSession();
  const { address } = useEngine();
  const plugin = usePluginSession();

  if (!framed || origins.length === 0) {
    return (
      <Frame title="Segue in a help desk">
        <Empty icon={<PlugZap size={20} strokeWidth={1.5} />} title="This page lives in a help desk">
          {origins.length === 0
            ? 'No help desk may show it yet: set SEGUE_EMBED_ORIGINS and start again.'
            : 'Open it from there: it shows what to do next for the customer of the open conversation.'}
        </Empty>
      </Frame>
    );
  }
  if (session.state === 'checking') {
    return (
      <Frame title="Segue is opening" busy>
        {null}
      </Frame>
    );
  }
  if (session.state === 'unreachable') {
    const { title, text } = awayWords(session.failure, address);
    return (
      <Frame title={title}>
        <Empty title={title}>{text} The page tries again every few seconds and goes on by itself.</Empty>
      </Frame>
    );
  }
  if (session.state === 'signed-out' || session.expired) {
    return (
      <Frame title="Sign in to Segue">
        <EmbedSignIn plugin={plugin} again={session.state === 'signed-in'} />
      </Frame>
    );
  }
  return (
    <KeyboardProvider>
      <ReplyTargetProvider insert={context?.takesText === true ? insert : null}>
        <Frame title="Next action">
          {context === null ? (
            <Empty icon={<UserRoundSearch size={20} strokeWidth={1.5} />} title="Waiting for a conversation">
              Open a conversation in the help desk: its customer shows here.
            </Empty>
          ) : (
            <EmbedCustomer context={context} />
          )}
          <ConnectionNotice />
        </Frame>
      </ReplyTargetProvider>
    </KeyboardProvider>
  );
}

type FrameProps = { title: string; busy?: boolean; children: React.ReactNode };

function Frame({ title, busy = false, children }: FrameProps): React.ReactNode {
  return (
    <main aria-busy={busy} className={styles.frame}>
      <h1 className="sr-only">{title}</h1>
      {busy ? <Logo /> : children}
    </main>
  );
}
