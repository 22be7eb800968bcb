'use client';

import { useCallback, useEffect, useState } from 'react';
import { readKept, writeKept } from '../form/kept-text';

type Draft = { text: string; edited: boolean; setText: (text: string) => void; reset: () => void };

/** Text that starts as `original` and keeps what was typed over it, through reloads and new decisions, in this tab. */
export function useDraft(name: string, original: string): Draft {
  const key = `text ${name}`;
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(readKept(key)), [key]);
  const setText = useCallback(
    (text: string) => {
      const changed = text === original ? null : text;
      setTyped(changed);
      writeKept(key, changed);
    },
    [key, original],
  );
  const reset = useCallback(() => {
    setTyped(null);
    writeKept(key, null);
  }, [key]);
  return { text: typed ?? original, edited: typed !== null, setText, reset };
}
