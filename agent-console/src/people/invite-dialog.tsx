'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { SecretBox } from '../design/secret-box';
import { Select } from '../design/select';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import { useKept } from '../form/use-kept';
import { ROLES, type Role } from './role-words';

type Props = { onClose: () => void; onInvited: () => Promise<unknown> };
type Invited = { link: string; detail: string; until: string };

const NOBODY: { email: string; name: string; role: Role } = { email: '', name: '', role: 'agent' };

/** Makes a place for somebody; the link is shown here this once. */
export function InviteDialog({ onClose, onInvited }: Props): React.ReactNode {
  const { client } = useEngine();
  const { value, set: fill, forget } = useKept({ name: 'invitation', from: NOBODY });
  const { email, name, role } = value;
  const [invited, setInvited] = useState<Invited | null>(null);
  const change = useChange(onInvited);

  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    void change.run(async () => {
      const consoleUrl = window.location.origin;
      const answer = await client.people.invite.mutate({ email: email.trim(), name, role, consoleUrl });
      setInvited({
        link: `${consoleUrl}/invitation#${answer.token}`,
        detail: answer.emailed.detail,
        until: new Date(answer.invitation.expiresAt).toLocaleString(),
      });
    });
  };

  if (invited !== null) {
    const done = (): void => {
      forget();
      onClose();
    };
    return (
      <Modal open title={`${name} is invited`} onClose={done}>
        <p className={rows.note}>
          {invited.detail} The link works once, until {invited.until}, and is shown this once.
        </p>
        <SecretBox label="Link of the invitation" text={invited.link} />
        <div className={rows.formActions}>
          <Button look="primary" onClick={done}>
            Done
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title="Invite somebody" onClose={onClose}>
      <form className={rows.form} onSubmit={submit}>
        <Field
          label="E-mail"
          type="email"
          required
          autoFocus
          value={email}
          onChange={(event) => fill({ email: event.target.value, name, role })}
        />
        <Field
          label="Name"
          required
          value={name}
          onChange={(event) => fill({ email, name: event.target.value, role })}
        />
        <Select
          label="Role"
          value={role}
          options={ROLES}
          onChange={(next) => fill({ email, name, role: next })}
        />
        <p className={rows.detail}>{ROLES.find(({ value }) => value === role)?.may}.</p>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        <div className={rows.formActions}>
          <Button
            onClick={() => {
              forget();
              onClose();
            }}
          >
            Cancel
          </Button>
          <Button type="submit" look="primary" disabled={change.busy}>
            Invite
          </Button>
        </div>
      </form>
    </Modal>
  );
}
