'use client';

import { useEffect, useRef, useState } from 'react';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { useSession } from '../session/session-provider';
import { SignInForm } from '../session/sign-in-form';
import styles from '../session/sign-in-page.module.css';
import { SignOnLink } from '../session/sign-on-link';
import { Logo } from '../shell/logo';
import { tokenMessage } from './token-message';

/** The window a help desk's frame opens: signs the agent in, hands the frame a session of its own, and closes. */
export function PluginSignInPage(): React.ReactNode {
  const { client } = useEngine();
  const { session } = useSession();
  const [problem, setProblem] = useState<string | null>(null);
  const begun = useRef(false);
  const signedIn = session.state === 'signed-in' && !session.expired;

  useEffect(() => {
    if (!signedIn || begun.current) return;
    begun.current = true;
    const opener: Window | null = window.opener;
    if (opener === null) {
      setProblem('This window belongs to a help desk: open Segue there and choose “Sign in”.');
      return;
    }
    client.session.openPlugin.mutate().then(
      ({ token }) => {
        // To our own origin alone: a page of anybody else that opened this window hears nothing.
        opener.postMessage(tokenMessage(token), window.location.origin);
        window.close();
      },
      (error: unknown) => setProblem(failureText(engineFailure(error))),
    );
  }, [signedIn, client]);

  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Logo size={36} />
          <h1 className={styles.title}>Sign in to Segue</h1>
          <p className={styles.lead}>For the sidebar of your help desk.</p>
        </div>
        {problem === null ? null : (
          <Notice meaning="watch" announce>
            {problem}
          </Notice>
        )}
        {signedIn ? (
          <p>{problem === null ? 'You are signed in; this window closes.' : ''}</p>
        ) : (
          <>
            <SignInForm />
            <SignOnLink next="/embed/sign-in" />
          </>
        )}
      </div>
    </main>
  );
}
