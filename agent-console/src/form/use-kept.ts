'use client';

import { useCallback, useEffect, useState } from 'react';
import { readKept, writeKept } from './kept-text';

const KEEP_AFTER_MS = 250;

type Kept<Value> = readonly [value: Value, set: (value: Value) => void, forget: () => void];

/**
 * What somebody fills in, kept in this tab while it differs from `from`: a reload, an expired session or an engine that is away
 * for an hour costs nobody what they typed. Until something is typed it is `from`, also where that becomes something else.
 *
 * @param name tells forms apart; a form that is saved or left calls `forget`
 */
export function useKept<Value>(name: string, from: Value): Kept<Value> {
  const beginning = JSON.stringify(from);
  const [typed, setTyped] = useState<{ value: Value } | null>(() => read<Value>(name));
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = typed === null ? beginning : JSON.stringify(typed.value);
      writeKept(name, text === beginning ? null : text);
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [name, typed, beginning]);
  const set = useCallback((value: Value) => setTyped(value === from ? null : { value }), [from]);
  const forget = useCallback(() => writeKept(name, null), [name]);
  return [typed === null ? from : typed.value, set, forget];
}

function read<Value>(name: string): { value: Value } | null {
  try {
    const text = readKept(name);
    return text === null ? null : { value: JSON.parse(text) as Value };
  } catch {
    return null;
  }
}
