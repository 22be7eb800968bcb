'use client';

import { createContext, useContext, useMemo } from 'react';
import { getAt, type Path, setAt } from './path';
import { type Problem, problemsUnder } from './problems';

type Form = {
  readonly value: unknown;
  readonly onChange: (value: unknown) => void;
  /** Where the value stands in what the engine's messages name. */
  readonly root: Path;
  readonly problems: readonly Problem[];
  readonly readOnly: boolean;
};

const FormContext = createContext<Form | null>(null);

/** Everything below edits places of one value. */
export function FormProvider({ children, ...form }: Form & { children: React.ReactNode }): React.ReactNode {
  const { value, onChange, root, problems, readOnly } = form;
  const memo = useMemo(
    () => ({ value, onChange, root, problems, readOnly }),
    [value, onChange, root, problems, readOnly],
  );
  return <FormContext value={memo}>{children}</FormContext>;
}

export function useForm(): Form {
  const form = useContext(FormContext);
  if (form === null) throw new Error('useForm needs a FormProvider above it');
  return form;
}

/** What stands at a place of the form, how to change it, and what the engine says is wrong there. */
export function useField(path: Path) {
  const { value, onChange, root, problems, readOnly } = useForm();
  return {
    value: getAt(value, path),
    set: (next: unknown) => onChange(setAt(value, path, next)),
    problems: problemsUnder(problems, [...root, ...path]),
    readOnly,
  };
}
