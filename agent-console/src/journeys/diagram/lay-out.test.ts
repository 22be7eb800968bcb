import { expect, test } from 'vitest';
import { layOut, softPath } from './lay-out.js';

const box = (id: string) => ({ id, width: 200, height: 60 });
const arrow = (from: string, to: string, id = `${from}>${to}`) => ({
  id,
  from,
  to,
  labelWidth: 80,
  labelHeight: 20,
});

test('what comes later stands lower, and nothing overlaps', () => {
  const { boxes, arrows } = layOut(
    [box('entry'), box('ask'), box('yes'), box('no'), box('end')],
    [
      arrow('entry', 'ask'),
      arrow('ask', 'yes'),
      arrow('ask', 'no'),
      arrow('yes', 'end'),
      arrow('no', 'end'),
      arrow('no', 'end', 'again'),
    ],
  );
  const at = (id: string) => boxes.get(id) ?? { x: Number.NaN, y: Number.NaN };
  expect(at('ask').y).toBeGreaterThan(at('entry').y);
  expect(at('end').y).toBeGreaterThan(at('no').y);
  expect(Math.abs(at('yes').x - at('no').x)).toBeGreaterThanOrEqual(200);
  // Two ways to the same step are two lines.
  expect(arrows.get('again')?.label).not.toEqual(arrows.get('no>end')?.label);
  expect(arrows.get('ask>yes')?.points.length).toBeGreaterThan(1);
});

test('a loop has its way back', () => {
  const { arrows } = layOut([box('a'), box('b')], [arrow('a', 'b'), arrow('b', 'a')]);
  expect(arrows.get('b>a')?.points.length).toBeGreaterThan(1);
});

test('a line begins at its first point and ends at its last', () => {
  const path = softPath([
    { x: 0, y: 0 },
    { x: 10, y: 5 },
    { x: 0, y: 20 },
  ]);
  expect(path).toBe('M 0 0 Q 10 5 5 12.5 L 0 20');
  expect(softPath([])).toBe('');
});
