'use client';

import { useEffect, useState } from 'react';

const SAVE_AFTER_MS = 300;

export type Draft = {
  text: string;
  setText: (text: string) => void;
  /** Goes back to what it began from. */
  discard: () => void;
  changed: boolean;
};

/** A text that outlives the tab: what was typed is kept in the browser until it is published or thrown away. */
export function useDraft(name: string, { from, beginning }: { from: string; beginning: string }): Draft {
  const key = `segue:journey-draft:${name}`;
  const [text, setText] = useState(() => localStorage.getItem(key) ?? beginning);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (text === from) localStorage.removeItem(key);
      else localStorage.setItem(key, text);
    }, SAVE_AFTER_MS);
    return () => clearTimeout(timer);
  }, [key, text, from]);
  return {
    text,
    setText,
    discard: () => {
      localStorage.removeItem(key);
      setText(beginning);
    },
    changed: text !== from,
  };
}
