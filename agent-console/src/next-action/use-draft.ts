'use client';

import { useCallback, useEffect, useState } from 'react';

type Draft = { text: string; edited: boolean; setText: (text: string) => void; reset: () => void };

/** Text that starts as `original` and keeps what was typed over it, through reloads and new decisions, in this tab. */
export function useDraft(name: string, original: string): Draft {
  const key = `segue.draft ${name}`;
  const [typed, setTyped] = useState<string | null>(null);
  useEffect(() => setTyped(read(key)), [key]);
  const setText = useCallback(
    (text: string) => {
      const changed = text === original ? null : text;
      setTyped(changed);
      write(key, changed);
    },
    [key, original],
  );
  const reset = useCallback(() => {
    setTyped(null);
    write(key, null);
  }, [key]);
  return { text: typed ?? original, edited: typed !== null, setText, reset };
}

function read(key: string): string | null {
  try {
    return window.sessionStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, text: string | null): void {
  try {
    if (text === null) window.sessionStorage.removeItem(key);
    else window.sessionStorage.setItem(key, text);
  } catch {
    // Storage is off or full: the text stays as long as the page.
  }
}
