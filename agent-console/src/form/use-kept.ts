'use client';

import { useCallback, useEffect, useState } from 'react';
import { readKept, writeKept } from './kept-text';

const KEEP_AFTER_MS = 250;

type Kept<Value> = readonly [value: Value, set: (value: Value) => void, forget: () => void];

/**
 * What somebody fills in, kept in this tab while it differs from `from`: a reload, an expired session or an engine that is away
 * for an hour costs nobody what they typed.
 *
 * @param name tells forms apart; a form that is saved or left calls `forget`
 */
export function useKept<Value>(name: string, from: Value): Kept<Value> {
  const beginning = JSON.stringify(from);
  const [value, setValue] = useState<Value>(() => read<Value>(name) ?? from);
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = JSON.stringify(value);
      writeKept(name, text === beginning ? null : text);
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [name, value, beginning]);
  const forget = useCallback(() => writeKept(name, null), [name]);
  return [value, setValue, forget];
}

function read<Value>(name: string): Value | null {
  try {
    return JSON.parse(readKept(name) ?? 'null') as Value | null;
  } catch {
    return null;
  }
}
