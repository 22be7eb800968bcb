'use client';

import { useEffect, useId, useState } from 'react';
import { FieldFrame } from './fields';
import { flowText } from './flow-text';
import styles from './form.module.css';
import { useField } from './form-context';
import type { Path } from './path';

type Props = {
  path: Path;
  label: string;
  rows?: number;
  hint?: React.ReactNode;
  className?: string | undefined;
  /** On one line where it fits: `{ field: traits.age, op: gte, value: 18 }`. */
  flow?: boolean;
};

type Yaml = typeof import('yaml');

/** Any part of the data as YAML. What can't be read stays as it was typed, with what is wrong, and changes nothing. */
export function YamlField({ path, label, rows = 3, hint, className, flow = false }: Props): React.ReactNode {
  const id = useId();
  const field = useField(path);
  const [wanted, setWanted] = useState(!flow);
  const yaml = useYaml(wanted);
  const [typed, setTyped] = useState<{ text: string; of: unknown } | null>(null);
  const [mistake, setMistake] = useState<string | null>(null);
  const written = writtenAs(yaml, field.value, flow);
  // What was typed stands until the data becomes something else from outside.
  const shown = typed !== null && (mistake !== null || typed.of === field.value) ? typed.text : written;
  const problems = mistake === null ? field.problems : [mistake];
  const change = (text: string): void => {
    if (yaml === null) return;
    try {
      const next: unknown = yaml.parse(text, { maxAliasCount: 50 });
      setMistake(null);
      setTyped({ text, of: next });
      field.set(next);
    } catch (error) {
      setTyped({ text, of: field.value });
      setMistake(error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error));
    }
  };
  return (
    <FieldFrame
      id={id}
      label={label}
      problems={problems}
      className={className}
      {...(hint === undefined ? {} : { hint })}
    >
      <textarea
        id={id}
        rows={Math.max(rows, linesOf(shown))}
        spellCheck={false}
        autoCapitalize="off"
        className={styles.code}
        value={shown}
        readOnly={field.readOnly || yaml === null}
        onFocus={() => setWanted(true)}
        onChange={({ target }) => change(target.value)}
        {...(problems.length === 0 ? {} : { 'aria-invalid': true, 'aria-describedby': `${id}-problems` })}
      />
    </FieldFrame>
  );
}

/** Lines a text takes where about 70 characters fit in one; at most 40. */
function linesOf(text: string): number {
  const lines = text.split('\n').reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / 70)), 0);
  return Math.min(40, lines);
}

function writtenAs(yaml: Yaml | null, value: unknown, flow: boolean): string {
  if (value === undefined) return '';
  if (flow) return flowText(value);
  return yaml === null ? '' : yaml.stringify(value, { lineWidth: 100 }).trimEnd();
}

/** The YAML library, fetched when it is wanted: it is larger than the rest of the form. */
function useYaml(wanted: boolean): Yaml | null {
  const [yaml, setYaml] = useState<Yaml | null>(null);
  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    void import('yaml').then((loaded) => {
      if (!gone) setYaml(loaded);
    });
    return () => {
      gone = true;
    };
  }, [wanted]);
  return yaml;
}
