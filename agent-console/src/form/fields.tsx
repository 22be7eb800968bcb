'use client';

import { useId, useState } from 'react';
import { classNames } from '../design/class-names';
import styles from './form.module.css';
import { useField } from './form-context';
import type { Path } from './path';

type Base = { path: Path; label: string; hint?: React.ReactNode; className?: string | undefined };

type FrameProps = {
  id: string;
  label: string;
  hint?: React.ReactNode;
  problems: readonly string[];
  className?: string | undefined;
  children: React.ReactNode;
};

/** A label, what it is about, and what is wrong, around one control. */
export function FieldFrame({ id, label, hint, problems, className, children }: FrameProps): React.ReactNode {
  return (
    <div className={classNames(styles.field, className)}>
      <label htmlFor={id} className={styles.label}>
        {label}
      </label>
      {children}
      {hint === undefined ? null : <p className={styles.hint}>{hint}</p>}
      <Problems id={`${id}-problems`} problems={problems} />
    </div>
  );
}

/** What the engine says is wrong with a field. */
function Problems({ id, problems }: { id: string; problems: readonly string[] }): React.ReactNode {
  if (problems.length === 0) return null;
  return (
    <ul id={id} className={styles.problems}>
      {problems.map((problem) => (
        <li key={problem}>{problem}</li>
      ))}
    </ul>
  );
}

function described(id: string, problems: readonly string[]) {
  return problems.length === 0 ? {} : { 'aria-invalid': true as const, 'aria-describedby': `${id}-problems` };
}

/** One line of text; emptied, an `optional` field goes away. */
export function TextField({
  path,
  optional = false,
  ...frame
}: Base & { optional?: boolean }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  return (
    <FieldFrame id={id} problems={field.problems} {...frame}>
      <input
        id={id}
        className={styles.input}
        value={typeof field.value === 'string' ? field.value : ''}
        readOnly={field.readOnly}
        onChange={({ target }) => field.set(optional && target.value === '' ? undefined : target.value)}
        {...described(id, field.problems)}
      />
    </FieldFrame>
  );
}

/** Several lines of text. */
export function AreaField({
  path,
  rows = 4,
  optional = false,
  ...frame
}: Base & { rows?: number; optional?: boolean }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  return (
    <FieldFrame id={id} problems={field.problems} {...frame}>
      <textarea
        id={id}
        rows={rows}
        className={styles.area}
        value={typeof field.value === 'string' ? field.value : ''}
        readOnly={field.readOnly}
        onChange={({ target }) => field.set(optional && target.value === '' ? undefined : target.value)}
        {...described(id, field.problems)}
      />
    </FieldFrame>
  );
}

/** A number; what is typed stays as typed while it is none. Emptied, the field goes away, and `usual` holds. */
export function NumberField({ path, usual, ...frame }: Base & { usual?: number }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  const [typed, setTyped] = useState<string | null>(null);
  const known = typeof field.value === 'number' ? String(field.value) : String(field.value ?? '');
  const shown = typed !== null && numberOf(typed) === field.value ? typed : known;
  return (
    <FieldFrame id={id} problems={field.problems} {...frame}>
      <input
        id={id}
        inputMode="decimal"
        className={classNames(styles.input, styles.number)}
        value={shown}
        placeholder={usual === undefined ? undefined : String(usual)}
        readOnly={field.readOnly}
        onChange={({ target }) => {
          setTyped(target.value);
          field.set(numberOf(target.value));
        }}
        {...described(id, field.problems)}
      />
    </FieldFrame>
  );
}

/** The number typed; the text itself where it is none (the engine says what is wrong with it), undefined for nothing. */
function numberOf(text: string): number | string | undefined {
  const trimmed = text.trim();
  if (trimmed === '') return undefined;
  const value = Number(trimmed.replace(',', '.'));
  return Number.isFinite(value) ? value : trimmed;
}

type Option = { readonly value: string; readonly label: string };

/** One of a few; `usual` is what holds where nothing is said. */
export function SelectField({
  path,
  options,
  usual = '',
  ...frame
}: Base & { options: readonly Option[]; usual?: string }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  return (
    <FieldFrame id={id} problems={field.problems} {...frame}>
      <select
        id={id}
        className={styles.input}
        value={typeof field.value === 'string' ? field.value : usual}
        disabled={field.readOnly}
        onChange={({ target }) => field.set(target.value)}
        {...described(id, field.problems)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}

/** Yes or no; `usual` is what holds where nothing is said. */
export function CheckField({
  path,
  label,
  hint,
  usual = false,
}: Base & { usual?: boolean }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  return (
    <div className={styles.check}>
      <input
        id={id}
        type="checkbox"
        checked={typeof field.value === 'boolean' ? field.value : usual}
        disabled={field.readOnly}
        onChange={({ target }) => field.set(target.checked)}
      />
      <label htmlFor={id}>{label}</label>
      {hint === undefined ? null : <span className={styles.hint}>{hint}</span>}
    </div>
  );
}

/** Words divided by commas. Emptied, an `optional` field goes away. */
export function ListField({
  path,
  optional = false,
  ...frame
}: Base & { optional?: boolean }): React.ReactNode {
  const id = useId();
  const field = useField(path);
  const words = Array.isArray(field.value) ? field.value.map(String) : [];
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed !== null && wordsOf(typed).join() === words.join() ? typed : words.join(', ');
  return (
    <FieldFrame id={id} problems={field.problems} {...frame}>
      <input
        id={id}
        className={styles.input}
        value={shown}
        readOnly={field.readOnly}
        onChange={({ target }) => {
          setTyped(target.value);
          const next = wordsOf(target.value);
          field.set(optional && next.length === 0 ? undefined : next);
        }}
        {...described(id, field.problems)}
      />
    </FieldFrame>
  );
}

function wordsOf(text: string): string[] {
  return text
    .split(',')
    .map((word) => word.trim())
    .filter((word) => word !== '');
}
