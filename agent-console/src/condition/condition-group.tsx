'use client';

import { FolderPlus, Plus, Trash2 } from 'lucide-react';
import { useRef, useState } from 'react';
import { Button, IconButton } from '../design/button';
import { flowText } from '../form/flow-text';
import styles from './condition.module.css';
import { conditionView, groupCondition, type Joint } from './condition-view';
import { CountLeaf } from './count-leaf';
import { FieldLeaf } from './field-leaf';

const JOINTS: readonly { value: Joint; label: string }[] = [
  { value: 'all', label: 'all of these hold' },
  { value: 'any', label: 'any of these holds' },
  { value: 'none', label: 'none of these holds' },
  { value: 'notAll', label: 'not all of these hold' },
];
const FRESH = { field: 'features.orders_365d', op: 'gte', value: 1 };
const FRESH_EVENTS = { count: 'events', event: '', within: '30d', op: 'gte', value: 1 };
const FRESH_OUTCOMES = { count: 'outcomes', outcomes: ['rejected'], within: '90d', op: 'lt', value: 2 };
/** Deeper than this nobody reads it as a form. */
const DEEPEST = 3;

type Props = {
  joint: Joint;
  parts: readonly unknown[];
  onChange: (joint: Joint, parts: readonly unknown[]) => void;
  readOnly: boolean;
  depth: number;
};

/** Conditions that belong together, some of which may be groups themselves. */
export function ConditionGroup({ joint, parts, onChange, readOnly, depth }: Props): React.ReactNode {
  const [fresh, setFresh] = useState<number | null>(null);
  const adder = useRef<HTMLSpanElement>(null);
  const add = (part: unknown): void => {
    setFresh(parts.length);
    onChange(joint, [...parts, part]);
  };
  const put = (index: number, part: unknown): void =>
    onChange(
      joint,
      parts.map((each, at) => (at === index ? part : each)),
    );
  const remove = (index: number): void => {
    onChange(
      joint,
      parts.filter((_, at) => at !== index),
    );
    adder.current?.querySelector('button')?.focus();
  };
  return (
    <fieldset className={styles.group} data-depth={depth}>
      <legend className="sr-only">{depth === 0 ? 'Condition' : 'Group of conditions'}</legend>
      <span className={styles.joint}>
        {depth === 0 ? 'Customers of whom' : 'of whom'}
        <select
          aria-label={depth === 0 ? 'Which customers' : 'How this group counts'}
          className={styles.input}
          value={joint}
          disabled={readOnly}
          onChange={({ target }) => {
            const next = JOINTS.find(({ value }) => value === target.value);
            if (next !== undefined) onChange(next.value, parts);
          }}
        >
          {JOINTS.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </span>
      {parts.length === 0 ? <p className={styles.none}>Nothing is asked yet.</p> : null}
      <ol className={styles.parts}>
        {parts.map((part, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: conditions have no names, and equal ones are equal
          <li key={index} className={styles.part}>
            <Part
              part={part}
              depth={depth}
              readOnly={readOnly}
              autoFocus={index === fresh}
              onChange={(next) => put(index, next)}
            />
            {readOnly ? null : (
              <IconButton label={`Remove condition ${index + 1}`} size="small" onClick={() => remove(index)}>
                <Trash2 size={15} strokeWidth={1.6} />
              </IconButton>
            )}
          </li>
        ))}
      </ol>
      {readOnly ? null : (
        <span ref={adder} className={styles.adders}>
          <Button size="small" onClick={() => add(FRESH)}>
            <Plus size={14} />
            Condition
          </Button>
          <Button size="small" look="quiet" onClick={() => add(FRESH_EVENTS)}>
            <Plus size={14} />
            Number of events
          </Button>
          <Button size="small" look="quiet" onClick={() => add(FRESH_OUTCOMES)}>
            <Plus size={14} />
            Number of answers
          </Button>
          {depth >= DEEPEST ? null : (
            <Button size="small" look="quiet" onClick={() => add(groupCondition('any', [FRESH]))}>
              <FolderPlus size={14} />
              Group
            </Button>
          )}
        </span>
      )}
    </fieldset>
  );
}

type PartProps = {
  part: unknown;
  onChange: (part: unknown) => void;
  readOnly: boolean;
  depth: number;
  autoFocus: boolean;
};

function Part({ part, depth, ...rest }: PartProps): React.ReactNode {
  const view = conditionView(part);
  switch (view.kind) {
    case 'group':
      return (
        <ConditionGroup
          joint={view.joint}
          parts={view.parts}
          readOnly={rest.readOnly}
          depth={depth + 1}
          onChange={(joint, parts) => rest.onChange(groupCondition(joint, parts))}
        />
      );
    case 'field':
      return (
        <div className={styles.leaf}>
          <FieldLeaf view={view} {...rest} />
        </div>
      );
    case 'events':
    case 'outcomes':
      return (
        <div className={styles.count}>
          <CountLeaf kind={view.kind} condition={view.condition} {...rest} />
        </div>
      );
    case 'other':
      return (
        <p className={styles.other}>
          <code>{flowText(part)}</code>
          <span className={styles.none}>Has no form; it stays as it is, and is changed in the YAML.</span>
        </p>
      );
  }
}
