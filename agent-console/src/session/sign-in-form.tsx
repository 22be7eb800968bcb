'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Notice } from '../design/notice';
import { type EngineFailure, engineFailure } from '../engine/engine-failure';
import { useSession } from './session-provider';
import styles from './sign-in-form.module.css';

type Props = { email?: string };

/** E-mail and password; keeps what was typed whatever the answer is. */
export function SignInForm({ email: known = '' }: Props): React.ReactNode {
  const { signIn } = useSession();
  const [email, setEmail] = useState(known);
  const [password, setPassword] = useState('');
  const [code, setCode] = useState('');
  /** The account asks for a second factor. */
  const [asksCode, setAsksCode] = useState(false);
  const [state, setState] = useState<'idle' | 'sending'>('idle');
  const [failure, setFailure] = useState<EngineFailure | null>(null);

  const submit = async (event: React.FormEvent): Promise<void> => {
    event.preventDefault();
    setState('sending');
    setFailure(null);
    try {
      await signIn({ email: email.trim(), password, ...(asksCode ? { code: code.trim() } : {}) });
    } catch (error) {
      const failed = engineFailure(error);
      if (failed.kind === 'forbidden' && failed.code === 'code_needed') setAsksCode(true);
      else setFailure(failed);
    }
    setState('idle');
  };

  const wrong = failure?.kind === 'signed-out';
  return (
    <form className={styles.form} onSubmit={(event) => void submit(event)}>
      <Field
        label="E-mail"
        type="email"
        name="email"
        autoComplete="username"
        required
        autoFocus={known === ''}
        value={email}
        aria-invalid={wrong}
        onChange={(event) => setEmail(event.target.value)}
      />
      <Field
        label="Password"
        type="password"
        name="password"
        autoComplete="current-password"
        required
        autoFocus={known !== ''}
        value={password}
        aria-invalid={wrong}
        onChange={(event) => setPassword(event.target.value)}
      />
      {asksCode ? (
        <Field
          label="Code of your authenticator app, or a recovery code"
          name="code"
          autoComplete="one-time-code"
          required
          autoFocus
          value={code}
          onChange={(event) => setCode(event.target.value)}
        />
      ) : null}
      {failure === null ? null : (
        <Notice meaning={wrong ? 'act' : 'watch'} announce>
          {signInFailureText(failure)}
        </Notice>
      )}
      <Button type="submit" look="primary" wide disabled={state === 'sending'} className={styles.submit}>
        {state === 'sending' ? 'Signing in…' : 'Sign in'}
      </Button>
    </form>
  );
}

function signInFailureText(failure: EngineFailure): string {
  switch (failure.kind) {
    case 'signed-out':
      return 'That e-mail and password do not belong together.';
    case 'too-many':
      return `${failure.message}.`;
    case 'unreachable':
      return 'Segue does not answer. Check that it is running, then try again.';
    default:
      return failure.message;
  }
}
