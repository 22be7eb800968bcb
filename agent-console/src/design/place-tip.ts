export type Side = 'top' | 'right' | 'bottom' | 'left';
type Size = { width: number; height: number };
type Place = { left: number; top: number };

/** Between a tip and what it is about, and between it and the edge of the window, in pixels. */
const GAP = 6;
const EDGE = 8;
const OPPOSITE = { top: 'bottom', bottom: 'top', left: 'right', right: 'left' } as const;

type Options = {
  /** What the tip is about, where it is in the window. */
  anchor: Place & Size;
  tip: Size;
  window: Size;
  /** The side it had best be on; the opposite one where there is no room. */
  side: Side;
};

/** The upper left corner of a tip beside its anchor, within the window. */
export function placeTip({ anchor, tip, window, side }: Options): Place {
  const room = {
    top: anchor.top,
    bottom: window.height - anchor.top - anchor.height,
    left: anchor.left,
    right: window.width - anchor.left - anchor.width,
  };
  const needed = GAP + EDGE + (side === 'top' || side === 'bottom' ? tip.height : tip.width);
  const other = OPPOSITE[side];
  const chosen = room[side] < needed && room[other] > room[side] ? other : side;
  const { left, top } = beside({ anchor, tip, side: chosen });
  return {
    left: within(left, window.width - tip.width),
    top: within(top, window.height - tip.height),
  };
}

function beside({ anchor, tip, side }: Omit<Options, 'window'>): Place {
  const middle = {
    left: anchor.left + (anchor.width - tip.width) / 2,
    top: anchor.top + (anchor.height - tip.height) / 2,
  };
  switch (side) {
    case 'top':
      return { ...middle, top: anchor.top - tip.height - GAP };
    case 'bottom':
      return { ...middle, top: anchor.top + anchor.height + GAP };
    case 'left':
      return { ...middle, left: anchor.left - tip.width - GAP };
    case 'right':
      return { ...middle, left: anchor.left + anchor.width + GAP };
  }
}

function within(value: number, most: number): number {
  return Math.max(EDGE, Math.min(value, most - EDGE));
}
