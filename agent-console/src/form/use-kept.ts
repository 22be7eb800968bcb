'use client';

import { useCallback, useEffect, useState } from 'react';

const PREFIX = 'segue.kept ';
const KEEP_AFTER_MS = 250;

type Kept<Value> = readonly [value: Value, set: (value: Value) => void, forget: () => void];

/**
 * What somebody fills in, kept in this tab while it differs from `from`: a reload, an expired session or an engine that is away
 * for an hour costs nobody what they typed.
 *
 * @param name tells forms apart; a form that is saved or left calls `forget`
 */
export function useKept<Value>(name: string, from: Value): Kept<Value> {
  const key = PREFIX + name;
  const beginning = JSON.stringify(from);
  const [value, setValue] = useState<Value>(() => read<Value>(key) ?? from);
  useEffect(() => {
    const timer = setTimeout(() => {
      const text = JSON.stringify(value);
      write(key, text === beginning ? null : text);
    }, KEEP_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, value, beginning]);
  const forget = useCallback(() => write(key, null), [key]);
  return [value, setValue, forget];
}

/** Forgets everything that is kept in this tab: it belongs to who signs out. */
export function forgetAllKept(): void {
  try {
    for (const key of Object.keys(sessionStorage)) if (key.startsWith(PREFIX)) sessionStorage.removeItem(key);
  } catch {
    // Storage is off: nothing was kept.
  }
}

function read<Value>(key: string): Value | null {
  try {
    const text = sessionStorage.getItem(key);
    return text === null ? null : (JSON.parse(text) as Value);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, text);
  } catch {
    // Storage is off or full: it stays as long as the page.
  }
}
