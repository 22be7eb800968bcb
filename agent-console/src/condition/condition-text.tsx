'use client';

import { useEffect, useState } from 'react';
import { Skeleton } from '../design/skeleton';
import styles from './condition.module.css';
import { ConditionForm } from './condition-form';

type Yaml = typeof import('yaml');
type Props = { source: string; onChange: (source: string) => void };

/** A condition that is kept as YAML, to be filled in. A text that can't be read is mended as text. */
export function ConditionText({ source, onChange }: Props): React.ReactNode {
  const [yaml, setYaml] = useState<Yaml | null>(null);
  useEffect(() => {
    void import('yaml').then(setYaml);
  }, []);
  if (yaml === null) return <Skeleton height={120} radius={6} />;
  const read = readIn(yaml, source);
  if (!read.ok)
    return <p className={styles.problem}>The text can’t be read: {read.problem}. Mend it under “YAML”.</p>;
  return (
    <ConditionForm
      value={read.value}
      onChange={(condition) => onChange(yaml.stringify(condition, { lineWidth: 100 }))}
    />
  );
}

function readIn(yaml: Yaml, source: string): { ok: true; value: unknown } | { ok: false; problem: string } {
  try {
    const value: unknown = yaml.parse(source, { maxAliasCount: 20 });
    return { ok: true, value };
  } catch (error) {
    return {
      ok: false,
      problem: error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error),
    };
  }
}
