'use client';

import { ConditionGroup } from './condition-group';
import { rootCondition, rootGroup } from './condition-view';

type Props = {
  /** A condition as the engine takes it; undefined where there is none yet. */
  value: unknown;
  onChange: (condition: unknown) => void;
  readOnly?: boolean;
};

/** A condition to fill in: groups of comparisons and counts. What it has no controls for stays as it is. */
export function ConditionForm({ value, onChange, readOnly = false }: Props): React.ReactNode {
  const { joint, parts } = rootGroup(value);
  return (
    <ConditionGroup
      joint={joint}
      parts={parts}
      readOnly={readOnly}
      depth={0}
      onChange={(nextJoint, next) => onChange(rootCondition(nextJoint, next))}
    />
  );
}
