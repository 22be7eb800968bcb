'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import page from '../shell/page.module.css';

/** A new password; all other sessions end with the old one. */
export function PasswordForm({ onChanged }: { onChanged: () => Promise<unknown> }): React.ReactNode {
  const { client } = useEngine();
  const change = useChange(onChanged);
  const [password, setPassword] = useState('');
  const [newPassword, setNewPassword] = useState('');
  const [ended, setEnded] = useState<number | null>(null);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setEnded(null);
    const done = await change.run(async () => {
      setEnded((await client.profile.changePassword.mutate({ password, newPassword })).endedSessions);
    });
    if (!done) return;
    setPassword('');
    setNewPassword('');
  };

  return (
    <section className={`${page.section} ${rows.narrow}`} aria-labelledby="password">
      <h2 id="password" className={page.sectionTitle}>
        Password
      </h2>
      <form className={rows.form} onSubmit={(event) => void submit(event)}>
        <Field
          label="The one you have"
          type="password"
          required
          autoComplete="current-password"
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Field
          label="The new one, at least 12 signs"
          type="password"
          required
          minLength={12}
          autoComplete="new-password"
          value={newPassword}
          onChange={(event) => setNewPassword(event.target.value)}
        />
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        {ended === null ? null : (
          <Notice meaning="good" announce>
            Changed. {ended === 0 ? 'You had no other sessions.' : `Your ${ended} other sessions have ended.`}
          </Notice>
        )}
        <div>
          <Button type="submit" disabled={change.busy}>
            Change the password
          </Button>
        </div>
      </form>
    </section>
  );
}
