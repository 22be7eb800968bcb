'use client';

import { cloneElement, useCallback, useEffect, useId, useLayoutEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { placeTip, type Side } from './place-tip';
import styles from './tip.module.css';

/** How long the pointer rests before a tip shows, and may be on its way onto it, in milliseconds. */
const REST = 250;
const LEAVE = 120;

type Props = {
  text: React.ReactNode;
  /** What it is about, which must be able to take focus. */
  children: React.ReactElement<React.HTMLAttributes<HTMLElement>>;
  side?: Side;
};

/** A short text that shows on hover, on focus and on a finger's press of its child, and goes with Escape. */
export function Tip({ text, children, side = 'top' }: Props): React.ReactNode {
  const id = useId();
  const [anchor, setAnchor] = useState<HTMLElement | null>(null);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const later = (milliseconds: number, next: HTMLElement | null): void => {
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setAnchor(next), milliseconds);
  };
  const hide = (): void => {
    clearTimeout(timer.current);
    setAnchor(null);
  };
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <>
      {cloneElement(children, {
        ...(anchor === null ? {} : { 'aria-describedby': id }),
        // A finger has no hover: it presses.
        onPointerEnter: ({ pointerType, currentTarget }) => {
          if (pointerType !== 'touch') later(REST, currentTarget);
        },
        // While the focus is on it, it stays.
        onPointerLeave: ({ currentTarget }) => {
          if (!currentTarget.matches(':focus-visible')) later(LEAVE, null);
        },
        onPointerDown: hide,
        // Where there is no hover a press tells what it is; links lead on, and say it by their name.
        onPointerUp: ({ pointerType, currentTarget }) => {
          if (pointerType === 'touch' && !(currentTarget instanceof HTMLAnchorElement))
            setAnchor(currentTarget);
        },
        onFocus: ({ currentTarget }) => {
          if (currentTarget.matches(':focus-visible')) setAnchor(currentTarget);
        },
        onBlur: hide,
      })}
      {anchor === null ? null : (
        <Bubble
          id={id}
          anchor={anchor}
          side={side}
          onEnter={() => clearTimeout(timer.current)}
          onLeave={() => {
            if (!anchor.matches(':focus-visible')) later(LEAVE, null);
          }}
          onGone={hide}
        >
          {text}
        </Bubble>
      )}
    </>
  );
}

type BubbleProps = {
  id: string;
  anchor: HTMLElement;
  side: Side;
  onEnter: () => void;
  onLeave: () => void;
  /** What it is about moved away, or Escape was pressed. */
  onGone: () => void;
  children: React.ReactNode;
};

function Bubble({ id, anchor, side, onEnter, onLeave, onGone, children }: BubbleProps): React.ReactNode {
  const bubble = useRef<HTMLDivElement>(null);
  const gone = useRef(onGone);
  useEffect(() => {
    gone.current = onGone;
  });
  const moveThere = useCallback((): void => {
    const element = bubble.current;
    if (element === null) return;
    const place = placeTip({
      anchor: anchor.getBoundingClientRect(),
      tip: { width: element.offsetWidth, height: element.offsetHeight },
      window: { width: window.innerWidth, height: window.innerHeight },
      side,
    });
    element.style.left = `${place.left}px`;
    element.style.top = `${place.top}px`;
  }, [anchor, side]);
  useLayoutEffect(moveThere);
  useEffect(() => {
    const onKeyDown = ({ key }: KeyboardEvent): void => {
      if (key === 'Escape') gone.current();
    };
    // Moving the focus to what is off screen scrolls it into view: the tip goes along.
    const onScroll = (): void => (anchor.matches(':focus-visible') ? moveThere() : gone.current());
    const onPointerDown = ({ target }: PointerEvent): void => {
      if (!(target instanceof Node && anchor.contains(target))) gone.current();
    };
    document.addEventListener('pointerdown', onPointerDown);
    document.addEventListener('keydown', onKeyDown);
    document.addEventListener('scroll', onScroll, { capture: true, passive: true });
    return () => {
      document.removeEventListener('pointerdown', onPointerDown);
      document.removeEventListener('keydown', onKeyDown);
      document.removeEventListener('scroll', onScroll, { capture: true });
    };
  }, [anchor, moveThere]);
  return createPortal(
    <div
      ref={bubble}
      id={id}
      role="tooltip"
      className={styles.tip}
      onPointerEnter={onEnter}
      onPointerLeave={onLeave}
    >
      {children}
    </div>,
    document.body,
  );
}
