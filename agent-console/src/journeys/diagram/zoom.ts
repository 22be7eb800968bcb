export type Room = { width: number; height: number };

export const ZOOM = { least: 0.3, most: 1.6, step: 1.25 };
/** Smaller than this the words in the boxes are no longer read at a glance: then only the width is fitted. */
const READABLE = 0.7;
/** A wheel turns in big steps, a pinch in small ones: no step zooms by more than this. */
const WHEEL = { most: 25, share: 0.01 };

/** The zoom within its limits. */
export function limited(zoom: number): number {
  return Math.min(ZOOM.most, Math.max(ZOOM.least, zoom));
}

/** The zoom at which a drawing is seen: whole where it can still be read, else in its full width; never enlarged. */
export function fitting(drawing: Room, room: Room): number {
  if (drawing.width <= 0 || drawing.height <= 0 || room.width <= 0) return 1;
  const whole = Math.max(READABLE, room.height / drawing.height);
  return limited(Math.min(1, room.width / drawing.width, whole));
}

/** The zoom after the wheel turned by `deltaY` pixels with Ctrl held, which is also how a pinch arrives. */
export function wheeled(zoom: number, deltaY: number): number {
  const turn = Math.min(WHEEL.most, Math.max(-WHEEL.most, deltaY));
  return limited(zoom * Math.exp(-turn * WHEEL.share));
}
