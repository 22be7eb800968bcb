'use client';

import { useEffect, useState } from 'react';
import { encode } from 'uqr';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { SecretBox } from '../design/secret-box';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';

type Props = { onClose: () => void; onChanged: () => Promise<unknown> };

/** Sets up an authenticator app: picture, first code, recovery codes. */
export function EnrolDialog({ onClose, onChanged }: Props): React.ReactNode {
  const { client } = useEngine();
  const change = useChange(onChanged);
  const [begun, setBegun] = useState<{ secret: string; uri: string } | null>(null);
  const [code, setCode] = useState('');
  const [recovery, setRecovery] = useState<readonly string[] | null>(null);
  const { run } = change;
  useEffect(() => {
    void run(async () => setBegun(await client.profile.enrolSecondFactor.mutate()));
  }, [client, run]);

  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    void change.run(async () => {
      setRecovery((await client.profile.confirmSecondFactor.mutate({ code })).recoveryCodes);
    });
  };

  if (recovery !== null) {
    return (
      <Modal open title="The second factor is on" onClose={onClose}>
        <p className={rows.note}>
          Keep these codes where your phone isn’t. Each lets you in once when the phone is lost; they are
          shown this once.
        </p>
        <SecretBox label="Recovery codes" text={recovery.join('\n')} />
        <div className={rows.formActions}>
          <Button look="primary" onClick={onClose}>
            I have kept them
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title="Set up a second factor" onClose={onClose}>
      {begun === null ? null : (
        <form className={rows.form} onSubmit={submit}>
          <p className={rows.detail}>
            Take this picture with an authenticator app, or type the letters below it; then enter the six
            digits the app shows.
          </p>
          <QrCode text={begun.uri} />
          <SecretBox label="Secret for the app" text={begun.secret} />
          <Field
            label="Code of the app"
            inputMode="numeric"
            autoComplete="one-time-code"
            required
            value={code}
            onChange={(event) => setCode(event.target.value)}
          />
          {change.problem === null ? null : (
            <Notice meaning="act" announce>
              {change.problem}
            </Notice>
          )}
          <div className={rows.formActions}>
            <Button onClick={onClose}>Cancel</Button>
            <Button type="submit" look="primary" disabled={change.busy}>
              Switch on
            </Button>
          </div>
        </form>
      )}
      {begun === null && change.problem !== null ? (
        <Notice meaning="act" announce>
          {change.problem}
        </Notice>
      ) : null}
    </Modal>
  );
}

/** Always dark on white: that is what phones read. */
function QrCode({ text }: { text: string }): React.ReactNode {
  const { data, size } = encode(text, { border: 2 });
  const path = data.flatMap((row, y) => row.map((dark, x) => (dark ? `M${x} ${y}h1v1h-1z` : ''))).join('');
  return (
    <svg
      role="img"
      aria-label="Code for an authenticator app"
      viewBox={`0 0 ${size} ${size}`}
      width={168}
      height={168}
      style={{ background: '#fff', borderRadius: 6, alignSelf: 'center' }}
    >
      <path d={path} fill="#000" shapeRendering="crispEdges" />
    </svg>
  );
}
