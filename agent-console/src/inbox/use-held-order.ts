'use client';

import { useCallback, useMemo, useRef, useState } from 'react';
import { type HeldOrder, holdOrder } from './hold-order';

type Options = {
  /** Which list it is: when this changes (a filter was chosen) nothing of the old one is held. */
  list?: string;
  /** What in the list can be aimed at, as a selector; the pointer elsewhere holds nothing. All of it unless told. */
  targets?: string;
};

type Held = HeldOrder & {
  /** Shows the newest order now, whatever is under the pointer. */
  letGo: () => void;
  /** For the element around the list: it holds while the pointer, or the focus of a keyboard, is inside. */
  holders: {
    onPointerOver: (event: React.PointerEvent) => void;
    onPointerLeave: () => void;
    onFocus: (event: React.FocusEvent) => void;
    onBlur: (event: React.FocusEvent) => void;
  };
};

/** Shows `fresh` in an order that does not move under the pointer or the focus. */
export function useHeldOrder(fresh: readonly string[], { list = '', targets = '*' }: Options = {}): Held {
  const [pointer, setPointer] = useState(false);
  const [focus, setFocus] = useState(false);
  const [shown, setShown] = useState(fresh);
  const [shownList, setShownList] = useState(list);
  const held = (pointer || focus) && shownList === list;
  const result = useMemo(() => holdOrder(shown, fresh, held), [shown, fresh, held]);
  if (shownList !== list) setShownList(list);
  if (!same(result.order, shown)) setShown(result.order);
  const latest = useRef(fresh);
  latest.current = fresh;

  const letGo = useCallback(() => setShown(latest.current), []);
  return {
    ...result,
    letGo,
    holders: {
      onPointerOver: (event) => {
        const target = event.target instanceof Element ? event.target.closest(targets) : null;
        setPointer(event.pointerType === 'mouse' && target !== null && event.currentTarget.contains(target));
      },
      onPointerLeave: () => setPointer(false),
      // A click leaves the focus behind it too; only the keyboard's stays a place where someone is.
      onFocus: (event) => setFocus(event.target.matches(':focus-visible')),
      onBlur: (event) => {
        if (!event.currentTarget.contains(event.relatedTarget)) setFocus(false);
      },
    },
  };
}

function same(one: readonly string[], other: readonly string[]): boolean {
  return one === other || (one.length === other.length && one.every((id, index) => id === other[index]));
}
