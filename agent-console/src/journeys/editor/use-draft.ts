'use client';

import { useEffect, useState } from 'react';
import { z } from 'zod';
import type { Overtaken } from '../../form/use-kept';

/** What was typed, over which text, and which version that was. */
const keptDraft = z.object({ text: z.string(), base: z.string(), basedOn: z.number() });
type KeptDraft = z.infer<typeof keptDraft>;

export type Draft = {
  text: string;
  setText: (text: string) => void;
  /** Goes back to what it began from. */
  discard: () => void;
  changed: boolean;
  /** The version that publishing replaces. */
  basedOn: number;
  /** Another version was published since the typing began; null while none was. */
  overtaken: Overtaken<string> | null;
};

type Options = {
  /** What is in force, and which version; '' and 0 for a new journey. */
  from: string;
  basedOn: number;
  /** What stands there where nothing was typed yet. */
  beginning: string;
  /** Whose draft it is: nobody else sees it in this browser. */
  agentId: string;
};

/** A text that outlives the tab: what was typed is kept in the browser, for who typed it, until it is published or thrown away. */
export function useDraft(name: string, { from, basedOn, beginning, agentId }: Options): Draft {
  const key = `segue:journey-draft:${agentId}:${name}`;
  const [kept, setKept] = useState(() => read(key));
  const changed = kept === null ? beginning !== from : kept.text !== from;
  useEffect(() => {
    if (kept === null || kept.text === from) localStorage.removeItem(key);
    else localStorage.setItem(key, JSON.stringify(kept));
  }, [key, kept, from]);
  const keep = (text: string): void =>
    setKept({ text, base: kept?.base ?? from, basedOn: kept?.basedOn ?? basedOn });
  const discard = (): void => {
    localStorage.removeItem(key);
    setKept(null);
  };
  const overtaken: Overtaken<string> | null =
    kept !== null && changed && kept.base !== from && kept.basedOn < basedOn
      ? {
          mine: kept.text,
          theirs: from,
          keepMine: () => setKept({ text: kept.text, base: from, basedOn }),
          takeTheirs: discard,
        }
      : null;
  return {
    text: kept?.text ?? beginning,
    setText: keep,
    discard,
    changed,
    basedOn: overtaken === null ? basedOn : (kept?.basedOn ?? basedOn),
    overtaken,
  };
}

function read(key: string): KeptDraft | null {
  try {
    const found = keptDraft.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null'));
    return found.success ? found.data : null;
  } catch {
    return null;
  }
}
