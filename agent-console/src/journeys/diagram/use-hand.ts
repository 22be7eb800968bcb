'use client';

import { useEffect, useRef } from 'react';
import type { Point } from './lay-out';

/** Less than this is a shaky press, in pixels. */
const SHAKE = 4;

type Hand = {
  /** A box was dragged by so many pixels of the screen since the last call. */
  onDragBox: (stepId: string, by: Point) => void;
  /** The ground was pressed. */
  onGround: () => void;
};

/** Drags boxes (marked with `data-step`) and the ground in `scroller` with mouse or pen; a finger scrolls by itself. */
export function useHand(scroller: React.RefObject<HTMLElement | null>, hand: Hand): void {
  const latest = useRef(hand);
  useEffect(() => {
    latest.current = hand;
  });
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    let held: { stepId: string | null; last: Point; far: boolean } | null = null;
    let dragged = false;

    const onDown = (event: PointerEvent): void => {
      dragged = false;
      if (event.pointerType === 'touch' || event.button !== 0 || onScrollBar(event, element)) return;
      held = { stepId: stepOf(event), last: { x: event.clientX, y: event.clientY }, far: false };
    };
    const onEnd = (): void => {
      held = null;
      delete element.dataset['dragging'];
    };
    const onMove = (event: PointerEvent): void => {
      if (held === null) return;
      // Let go outside, before it was a drag.
      if (event.buttons === 0) {
        onEnd();
        return;
      }
      const by = { x: event.clientX - held.last.x, y: event.clientY - held.last.y };
      if (!held.far) {
        if (Math.hypot(by.x, by.y) < SHAKE) return;
        held.far = true;
        dragged = true;
        element.setPointerCapture(event.pointerId);
        element.dataset['dragging'] = held.stepId === null ? 'ground' : 'box';
      }
      held.last = { x: event.clientX, y: event.clientY };
      if (held.stepId === null) element.scrollBy(-by.x, -by.y);
      else latest.current.onDragBox(held.stepId, by);
    };
    // The click that ends a drag is not a press.
    const onClick = (event: MouseEvent): void => {
      if (dragged) event.stopPropagation();
      else if (stepOf(event) === null) latest.current.onGround();
      dragged = false;
    };
    element.addEventListener('pointerdown', onDown);
    element.addEventListener('pointermove', onMove);
    element.addEventListener('pointerup', onEnd);
    element.addEventListener('pointercancel', onEnd);
    element.addEventListener('click', onClick, { capture: true });
    return () => {
      element.removeEventListener('pointerdown', onDown);
      element.removeEventListener('pointermove', onMove);
      element.removeEventListener('pointerup', onEnd);
      element.removeEventListener('pointercancel', onEnd);
      element.removeEventListener('click', onClick, { capture: true });
    };
  }, [scroller]);
}

function stepOf({ target }: Event): string | null {
  const box = target instanceof Element ? target.closest('[data-step]') : null;
  return box?.getAttribute('data-step') ?? null;
}

function onScrollBar(event: PointerEvent, element: HTMLElement): boolean {
  const { left, top } = element.getBoundingClientRect();
  return event.clientX - left > element.clientWidth || event.clientY - top > element.clientHeight;
}
