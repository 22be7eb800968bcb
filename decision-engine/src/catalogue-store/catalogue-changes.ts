import {
  type CatalogueDiff,
  changesBetween,
  diffCatalogues,
  type FieldChange,
} from '../catalogue/diff-catalogues.js';
import type { ParsedContent } from './check-content.js';

/** What one revision or draft changes in another. */
export type CatalogueChanges = {
  readonly actions: CatalogueDiff;
  readonly policies: readonly FieldChange[];
  readonly segments: readonly FieldChange[];
};

export function changesOf(before: ParsedContent, after: ParsedContent): CatalogueChanges {
  return {
    actions: diffCatalogues(before.actions, after.actions),
    policies: changesBetween(before.policies, after.policies, ''),
    segments: changesBetween(before.segments, after.segments, ''),
  };
}

export function isUnchanged({ actions, policies, segments }: CatalogueChanges): boolean {
  const { added, removed, changed } = actions;
  return [added, removed, changed, policies, segments].every((list) => list.length === 0);
}

const LONGEST_VALUE = 120;

function valueText(value: unknown): string {
  if (value === undefined) return 'nothing';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE - 1)}…` : text;
}

function changeText(prefix: string, { path, before, after }: FieldChange): string {
  return `${prefix}${path}: ${valueText(before)} -> ${valueText(after)}`;
}

/** One line for each change: `+ action`, `- action`, `~ action cost: 3 -> 4`. Nothing for no change. */
export function describeChanges({ actions, policies, segments }: CatalogueChanges): string[] {
  return [
    ...actions.added.map((actionId) => `+ ${actionId}`),
    ...actions.removed.map((actionId) => `- ${actionId}`),
    ...actions.changed.flatMap(({ actionId, changes }) =>
      changes.map((change) => changeText(`~ ${actionId} `, change)),
    ),
    ...policies.map((change) => changeText('~ policies ', change)),
    ...segments.map((change) => changeText('~ segments', change)),
  ];
}
