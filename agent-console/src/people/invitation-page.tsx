'use client';

import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import { engineFailure, failureText } from '../engine/engine-failure';
import { useEngine } from '../engine/engine-provider';
import { queryKeys } from '../engine/query-keys';
import { keepFor } from '../form/kept-text';
import form from '../session/sign-in-form.module.css';
import styles from '../session/sign-in-page.module.css';
import { Logo } from '../shell/logo';
import { type Role, roleWords } from './role-words';

const SHORTEST = 12;
type Invitation = { token: string; email: string; role: Role };

/** Where the link of an invitation leads: a name, a password, and in. */
export function InvitationPage(): React.ReactNode {
  const { client } = useEngine();
  const queryClient = useQueryClient();
  const router = useRouter();
  const [invitation, setInvitation] = useState<Invitation | null>(null);
  const [name, setName] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [busy, setBusy] = useState(false);

  useEffect(() => {
    const token = window.location.hash.slice(1);
    client.session.invitation.query({ token }).then(
      (found) => {
        setInvitation({ token, email: found.email, role: found.role });
        setName(found.name);
      },
      (error: unknown) =>
        setProblem(
          token === ''
            ? 'This address has no invitation in it: open the whole link.'
            : failureText(engineFailure(error)),
        ),
    );
  }, [client]);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    if (invitation === null) return;
    setBusy(true);
    setProblem(null);
    try {
      const session = await client.session.acceptInvitation.mutate({
        token: invitation.token,
        name,
        password,
      });
      keepFor(session.agent.agentId);
      queryClient.setQueryData(queryKeys.me, session);
      router.replace('/');
    } catch (error) {
      setProblem(failureText(engineFailure(error)));
      setBusy(false);
    }
  };

  return (
    <main className={styles.page}>
      <div className={styles.panel}>
        <div className={styles.brand}>
          <Logo size={36} />
          <h1 className={styles.title}>Welcome to Segue</h1>
          <p className={styles.lead}>
            {invitation === null
              ? 'You were invited.'
              : `You come in as ${roleWords(invitation.role)} with ${invitation.email}.`}
          </p>
        </div>
        {problem === null ? null : (
          <Notice meaning="act" announce>
            {problem}
          </Notice>
        )}
        {invitation === null ? null : (
          <form className={form.form} onSubmit={(event) => void submit(event)}>
            <Field
              label="Your name"
              required
              autoComplete="name"
              value={name}
              onChange={(event) => setName(event.target.value)}
            />
            <input type="hidden" autoComplete="username" value={invitation.email} readOnly />
            <Field
              label={`Password, at least ${SHORTEST} signs`}
              type="password"
              required
              minLength={SHORTEST}
              autoComplete="new-password"
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
            <Button type="submit" look="primary" wide disabled={busy} className={form.submit}>
              Come in
            </Button>
          </form>
        )}
      </div>
    </main>
  );
}
