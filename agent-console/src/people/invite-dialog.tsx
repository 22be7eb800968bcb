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
import { ROLES, type Role } from './role-words';

type Props = { onClose: () => void; onInvited: () => Promise<unknown> };
type Invited = { link: string; detail: string; until: string };

/** Makes a place for somebody; the link is shown here this once. */
export function InviteDialog({ onClose, onInvited }: Props): React.ReactNode {
  const { client } = useEngine();
  const [email, setEmail] = useState('');
  const [name, setName] = useState('');
  const [role, setRole] = useState<Role>('agent');
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
    return (
      <Modal open title={`${name} is invited`} onClose={onClose}>
        <p className={rows.note}>
          {invited.detail} The link works once, until {invited.until}, and is shown this once.
        </p>
        <SecretBox label="Link of the invitation" text={invited.link} />
        <div className={rows.formActions}>
          <Button look="primary" onClick={onClose}>
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
          onChange={(event) => setEmail(event.target.value)}
        />
        <Field label="Name" required value={name} onChange={(event) => setName(event.target.value)} />
        <Select label="Role" value={role} options={ROLES} onChange={setRole} />
        <p className={rows.detail}>{ROLES.find(({ value }) => value === role)?.may}.</p>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        <div className={rows.formActions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={change.busy}>
            Invite
          </Button>
        </div>
      </form>
    </Modal>
  );
}
