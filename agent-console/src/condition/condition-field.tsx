'use client';

import dynamic from 'next/dynamic';
import { useState } from 'react';
import { Segmented } from '../design/segmented';
import { Skeleton } from '../design/skeleton';
import { useField } from '../form/form-context';
import type { Path } from '../form/path';
import { YamlField } from '../form/yaml-field';
import styles from './condition.module.css';
import { CONDITION_VIEWS, type ConditionViewName } from './condition-views';

const ConditionForm = dynamic(() => import('./condition-form').then((module) => module.ConditionForm), {
  ssr: false,
  loading: () => <Skeleton height={72} radius={6} />,
});

type Props = { path: Path; label: string };

/** A condition at a place of a form: filled in, or as YAML on one line. */
export function ConditionField({ path, label }: Props): React.ReactNode {
  const { value, set, readOnly, problems } = useField(path);
  const [view, setView] = useState<ConditionViewName>('form');
  return (
    <div className={styles.fieldFrame}>
      <header className={styles.head}>
        <span className={styles.label}>{label}</span>
        <Segmented label={`${label} as`} value={view} options={CONDITION_VIEWS} onChange={setView} />
      </header>
      {view === 'form' ? (
        <>
          <ConditionForm value={value} onChange={set} readOnly={readOnly} />
          {problems.map((problem) => (
            <p key={problem} className={styles.problem}>
              {problem}
            </p>
          ))}
        </>
      ) : (
        <YamlField path={path} label={`${label} in YAML`} rows={1} flow />
      )}
    </div>
  );
}
