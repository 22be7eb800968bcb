'use client';

import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Point } from './lay-out';
import { fitting, limited, type Room, wheeled } from './zoom';

/** Empty space around the drawing, in pixels of the screen. */
export const MARGIN = 20;
/** What scroll bars may take: kept free, so that fitting does not call them up. */
const BARS = 12;

export type Zoom = {
  zoom: number;
  /** Nearer or farther, around the middle of what is seen. */
  zoomBy: (factor: number) => void;
  /** Back to how it was seen first, and following the size of its frame again. */
  fit: () => void;
};

/** How large the drawing in `scroller` is seen: fitted until somebody zooms by button, Ctrl and wheel, or pinch. */
export function useZoom(scroller: React.RefObject<HTMLElement | null>, drawing: Room): Zoom {
  const [chosen, setChosen] = useState<number | null>(null);
  const [room, setRoom] = useState<Room | null>(null);
  const zoom = chosen ?? (room === null ? 1 : fitting(drawing, room));
  // What stays where it is on the screen while the zoom changes.
  const held = useRef<{ point: Point; at: Point } | null>(null);
  const latest = useRef(zoom);

  const zoomTo = useCallback(
    (next: number, at: Point) => {
      const element = scroller.current;
      if (element === null) return;
      const corner = cornerOf(element);
      held.current = {
        at,
        point: {
          x: (element.scrollLeft + at.x - corner.x) / latest.current,
          y: (element.scrollTop + at.y - corner.y) / latest.current,
        },
      };
      setChosen(next);
    },
    [scroller],
  );

  useLayoutEffect(() => {
    latest.current = zoom;
    const element = scroller.current;
    if (element === null || held.current === null) return;
    const { point, at } = held.current;
    held.current = null;
    const corner = cornerOf(element);
    element.scrollLeft = point.x * zoom + corner.x - at.x;
    element.scrollTop = point.y * zoom + corner.y - at.y;
  }, [zoom, scroller]);

  useLayoutEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const measure = (): void => {
      const taken = 2 * MARGIN + BARS;
      setRoom({ width: element.offsetWidth - taken, height: element.offsetHeight - taken });
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [scroller]);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    const onWheel = (event: WheelEvent): void => {
      if (!event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      const { left, top } = element.getBoundingClientRect();
      zoomTo(wheeled(latest.current, event.deltaY), { x: event.clientX - left, y: event.clientY - top });
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, [scroller, zoomTo]);

  return {
    zoom,
    zoomBy: (factor) => {
      const { clientWidth = 0, clientHeight = 0 } = scroller.current ?? {};
      zoomTo(limited(zoom * factor), { x: clientWidth / 2, y: clientHeight / 2 });
    },
    fit: () => {
      held.current = null;
      setChosen(null);
    },
  };
}

/** Where the drawing begins in what is scrolled. */
function cornerOf(scroller: HTMLElement): Point {
  const sheet = scroller.firstElementChild;
  if (!(sheet instanceof HTMLElement)) return { x: MARGIN, y: MARGIN };
  return { x: sheet.offsetLeft + MARGIN, y: sheet.offsetTop + MARGIN };
}
