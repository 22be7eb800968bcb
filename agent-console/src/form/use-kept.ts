'use client';

import { useCallback, useEffect, useState } from 'react';
import { readKept, writeKept } from './kept-text';

type Options<Value> = {
  /** Tells forms apart; a form that is saved or left calls `forget`. */
  readonly name: string;
  /** What is filled in before anything is typed. */
  readonly from: Value;
};

/** `from` has become something else since somebody began to type over it: saving would undo that. */
export type Overtaken<Value> = {
  readonly mine: Value;
  readonly theirs: Value;
  /** What was typed goes on from what is there now. */
  readonly keepMine: () => void;
  readonly takeTheirs: () => void;
};

type Kept<Value> = {
  readonly value: Value;
  readonly set: (value: Value) => void;
  readonly forget: () => void;
  /** Null while nothing came in between. */
  readonly overtaken: Overtaken<Value> | null;
};

/** What was typed, and over what: as JSON, so that it is compared with what is there now. */
type Typed<Value> = { readonly value: Value; readonly base: string };

/**
 * What somebody fills in, kept in this tab while it differs from `from`: a reload, an expired session or an engine that is away
 * for an hour costs nobody what they typed. Until something is typed it is `from`, also where that becomes something else.
 */
export function useKept<Value>({ name, from }: Options<Value>): Kept<Value> {
  const beginning = JSON.stringify(from);
  const [typed, setTyped] = useState<Typed<Value> | null>(() => read<Value>(name));
  const changed = typed !== null && JSON.stringify(typed.value) !== beginning;
  // What was typed and is there now, saved for example, is nobody's any more.
  if (typed !== null && !changed) setTyped(null);
  // At once: whatever ends the page ends it without asking.
  useEffect(() => writeKept(name, typed === null ? null : JSON.stringify(typed)), [name, typed]);
  const set = useCallback(
    (value: Value) => setTyped((before) => ({ value, base: before?.base ?? beginning })),
    [beginning],
  );
  const forget = useCallback(() => writeKept(name, null), [name]);
  const overtaken: Overtaken<Value> | null =
    typed === null || !changed || typed.base === beginning
      ? null
      : {
          mine: typed.value,
          theirs: from,
          keepMine: () => setTyped({ value: typed.value, base: beginning }),
          takeTheirs: () => setTyped(null),
        };
  return { value: typed === null ? from : typed.value, set, forget, overtaken };
}

function read<Value>(name: string): Typed<Value> | null {
  try {
    const kept: unknown = JSON.parse(readKept(name) ?? 'null');
    return isTyped<Value>(kept) ? kept : null;
  } catch {
    return null;
  }
}

function isTyped<Value>(kept: unknown): kept is Typed<Value> {
  return typeof kept === 'object' && kept !== null && 'value' in kept && 'base' in kept;
}
