import { expect, test } from 'vitest';
import { arrowPaths, layOut } from './lay-out.js';

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

test('a line begins at its first point, bends softly, and ends in a head that points along its last piece', () => {
  const bent = [
    { x: 0, y: 0 },
    { x: 10, y: 5 },
    { x: 10, y: 32 },
  ];
  expect(arrowPaths(bent)).toEqual({
    line: 'M 0 0 Q 10 5 10 15 L 10 25',
    head: 'M 10 32 L 6 25 L 14 25 Z',
  });
});

test('too short for a head, or nowhere to go', () => {
  const short = [
    { x: 0, y: 0 },
    { x: 0, y: 5 },
  ];
  expect(arrowPaths(short)).toEqual({ line: 'M 0 0 L 0 5', head: '' });
  expect(arrowPaths([])).toEqual({ line: '', head: '' });
});
