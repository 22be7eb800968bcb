import { expect, test } from 'vitest';
import { fitting, limited, wheeled, ZOOM } from './zoom.js';

test.each([
  ['small: not enlarged', { width: 200, height: 100 }, 1],
  ['wide: its width', { width: 1200, height: 300 }, 0.5],
  ['a little too tall: whole', { width: 300, height: 500 }, 0.8],
  ['far too tall: still to be read, and scrolled', { width: 300, height: 4000 }, 0.7],
  ['enormous: never smaller than the least', { width: 90_000, height: 400 }, ZOOM.least],
  ['nothing yet', { width: 0, height: 0 }, 1],
])('%s', (_, drawing, zoom) => {
  expect(fitting(drawing, { width: 600, height: 400 })).toBeCloseTo(zoom);
});

test('a wheel goes in and out the same way, in bounds, and no faster than a pinch', () => {
  expect(wheeled(1, -5)).toBeGreaterThan(1);
  expect(wheeled(wheeled(1, -5), 5)).toBeCloseTo(1);
  expect(wheeled(1, -400)).toBe(wheeled(1, -25));
  expect(wheeled(ZOOM.least, 25)).toBe(ZOOM.least);
  expect(limited(9)).toBe(ZOOM.most);
});
