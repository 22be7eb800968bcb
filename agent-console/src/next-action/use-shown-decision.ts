'use client';

import { useCallback, useRef, useState } from 'react';
import type { DecideAnswer } from '../engine/engine-types';
import { decisionToShow } from './held-decision';

type Shown = {
  decision: DecideAnswer | undefined;
  /** A newer decision waits until the agent leaves the card, or asks for it. */
  waiting: boolean;
  showNewest: () => void;
  holders: Pick<
    React.HTMLAttributes<HTMLElement>,
    'onPointerEnter' | 'onPointerLeave' | 'onFocus' | 'onBlur'
  >;
};

/** The decision in the card: it never changes under the agent's hands. */
export function useShownDecision(newest: DecideAnswer | undefined): Shown {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [shown, setShown] = useState(newest);
  const latest = useRef(newest);
  latest.current = newest;
  const decision = decisionToShow(shown, newest, pointer || focus);
  if (decision !== shown) setShown(decision);
  return {
    decision,
    waiting: decision !== undefined && newest !== undefined && decision.decisionId !== newest.decisionId,
    showNewest: useCallback(() => setShown(latest.current), []),
    holders: {
      onPointerEnter: (event) => setPointer(event.pointerType === 'mouse'),
      onPointerLeave: () => setPointer(false),
      onFocus: (event) =>
        setFocus(event.target instanceof HTMLTextAreaElement || event.target.matches(':focus-visible')),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      },
    },
  };
}
