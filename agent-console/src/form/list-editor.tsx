'use client';

import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button, IconButton } from '../design/button';
import { MeaningMark } from '../design/meaning';
import styles from './form.module.css';
import { useField, useForm } from './form-context';
import { isPlain, type Path, removeAt } from './path';

type Props = {
  path: Path;
  title: string;
  /** What the list is for, in a few words. */
  hint?: string;
  /** What one more is called on its button. */
  add: string;
  /** One more, as it begins. */
  fresh: unknown;
  /** A member in a few words; with it, members are folded. */
  summary?: (member: Readonly<Record<string, unknown>>) => string;
  children: (path: Path) => React.ReactNode;
};

/** A list of the form: its members, one more, one less. */
export function ListEditor({ path, title, hint, add, fresh, summary, children }: Props): React.ReactNode {
  const { value, set, readOnly } = useField(path);
  const form = useForm();
  const members = Array.isArray(value) ? (value as unknown[]) : [];
  return (
    <fieldset className={styles.list}>
      <legend className={styles.legend}>{title}</legend>
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      {members.map((member, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while they are typed
        <div key={index} className={styles.member}>
          {summary === undefined ? (
            <div className={styles.memberBody}>{children([...path, index])}</div>
          ) : (
            <Folded member={member} summary={summary} place={[...path, index]}>
              {children([...path, index])}
            </Folded>
          )}
          {readOnly ? null : (
            <IconButton
              label={`Remove ${nameOf(member) ?? `${title} ${index + 1}`}`}
              size="small"
              onClick={() => form.onChange(removeAt(form.value, [...path, index]))}
            >
              <Trash2 size={15} strokeWidth={1.6} />
            </IconButton>
          )}
        </div>
      ))}
      {members.length === 0 ? <p className={styles.none}>None.</p> : null}
      {readOnly ? null : (
        <Button size="small" onClick={() => set([...members, fresh])}>
          <Plus size={14} />
          {add}
        </Button>
      )}
    </fieldset>
  );
}

type FoldedProps = {
  member: unknown;
  summary: NonNullable<Props['summary']>;
  place: Path;
  children: React.ReactNode;
};

/** A member that is opened to be changed; a new one, and one with a mistake, is open. */
function Folded({ member, summary, place, children }: FoldedProps): React.ReactNode {
  const { problems } = useField(place);
  const name = nameOf(member);
  const [fresh] = useState(name === null);
  return (
    <details className={styles.memberFold} open={fresh || problems.length > 0 || undefined}>
      <summary>
        <span className={styles.memberName}>{name === null ? 'No name yet' : name.slice(1, -1)}</span>
        <span className={styles.hint}>{isPlain(member) ? summary(member) : ''}</span>
        {problems.length === 0 ? null : <MeaningMark meaning="act" label="Not right yet" />}
      </summary>
      <div className={styles.memberBody}>{children}</div>
    </details>
  );
}

function nameOf(member: unknown): string | null {
  if (!isPlain(member)) return null;
  const name = member['name'] ?? member['treatmentId'];
  return typeof name === 'string' && name !== '' ? `“${name}”` : null;
}
