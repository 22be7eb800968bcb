'use client';

import { useState } from 'react';
import { Button } from '../design/button';
import { Field } from '../design/field';
import { Modal } from '../design/modal';
import { Notice } from '../design/notice';
import rows from '../design/rows.module.css';
import { SecretBox } from '../design/secret-box';
import { useChange } from '../design/use-change';
import { useEngine } from '../engine/engine-provider';
import type { ApiKeyScope } from '../engine/engine-types';
import { SCOPE_WORDS } from './scope-words';

const USUAL: readonly ApiKeyScope[] = ['events:write', 'decide', 'feedback', 'read'];

type Props = { onClose: () => void; onMade: () => Promise<unknown> };

/** Makes a key; it is shown here this once. */
export function NewKeyDialog({ onClose, onMade }: Props): React.ReactNode {
  const { client } = useEngine();
  const [name, setName] = useState('');
  const [scopes, setScopes] = useState<readonly ApiKeyScope[]>(USUAL);
  const [key, setKey] = useState<string | null>(null);
  const change = useChange(onMade);

  const submit = (event: React.FormEvent): void => {
    event.preventDefault();
    void change.run(async () => {
      setKey((await client.key.create.mutate({ name, scopes: [...scopes] })).key);
    });
  };

  if (key !== null) {
    return (
      <Modal open title={`The key “${name}”`} onClose={onClose}>
        <p className={rows.note}>Copy it now: only a hash is kept, and it can’t be shown again.</p>
        <SecretBox label="API key" text={key} />
        <div className={rows.formActions}>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </div>
      </Modal>
    );
  }
  return (
    <Modal open title="New API key" onClose={onClose} width={520}>
      <form className={rows.form} onSubmit={submit}>
        <Field
          label="Who uses it"
          required
          autoFocus
          maxLength={100}
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <fieldset className={rows.checks}>
          <legend>What it may do</legend>
          {(Object.keys(SCOPE_WORDS) as ApiKeyScope[]).map((scope) => (
            <label key={scope} className={rows.check}>
              <input
                type="checkbox"
                checked={scopes.includes(scope)}
                onChange={(event) =>
                  setScopes(
                    event.target.checked ? [...scopes, scope] : scopes.filter((each) => each !== scope),
                  )
                }
              />
              {SCOPE_WORDS[scope]}
            </label>
          ))}
        </fieldset>
        {change.problem === null ? null : (
          <Notice meaning="act" announce>
            {change.problem}
          </Notice>
        )}
        <div className={rows.formActions}>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" look="primary" disabled={change.busy || scopes.length === 0}>
            Make the key
          </Button>
        </div>
      </form>
    </Modal>
  );
}
