'use client';

import { createContext, useContext } from 'react';

/** Takes words into the help desk's reply; null where there is none around, or it can't. */
type Insert = ((text: string) => void) | null;

const ReplyTarget = createContext<Insert>(null);

export function ReplyTargetProvider({
  insert,
  children,
}: {
  insert: Insert;
  children: React.ReactNode;
}): React.ReactNode {
  return <ReplyTarget value={insert}>{children}</ReplyTarget>;
}

export function useReplyTarget(): Insert {
  return useContext(ReplyTarget);
}
