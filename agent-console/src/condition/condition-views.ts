export type ConditionViewName = 'form' | 'yaml';

/** A condition is filled in or written: both show the same. */
export const CONDITION_VIEWS = [
  { value: 'form', label: 'Form' },
  { value: 'yaml', label: 'YAML' },
] as const satisfies readonly { value: ConditionViewName; label: string }[];
