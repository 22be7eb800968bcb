import { expect, test } from 'vitest';
import { withMoved } from './arrange.js';
import type { WayArrow } from './diagram-model.js';

const boxes = [
  { id: 'a', width: 100, height: 50 },
  { id: 'b', width: 100, height: 50 },
];
const arrow: WayArrow = { id: 'a>b', from: 'a', to: 'b', text: '', share: null, meaning: 'neutral' };
const laid = {
  boxes: new Map([
    ['a', { x: 0, y: 0 }],
    ['b', { x: 0, y: 100 }],
  ]),
  arrows: new Map([
    [
      'a>b',
      {
        points: [
          { x: 50, y: 50 },
          { x: 50, y: 75 },
          { x: 50, y: 100 },
        ],
        label: { x: 50, y: 75 },
      },
    ],
  ]),
};

test('nothing moved: as laid out, as large as what is in it', () => {
  const arranged = withMoved({ boxes, arrows: [arrow], laid, moved: new Map() });
  expect(arranged).toEqual({ ...laid, width: 100, height: 150 });
});

test('a moved box takes its end of the arrow along, and its words half the way', () => {
  const moved = new Map([['b', { x: 200, y: 120 }]]);
  const arranged = withMoved({ boxes, arrows: [arrow], laid, moved });
  expect(arranged.arrows.get('a>b')).toEqual({
    points: [
      { x: 50, y: 50 },
      { x: 150, y: 85 },
      { x: 250, y: 120 },
    ],
    label: { x: 150, y: 85 },
  });
  expect([arranged.width, arranged.height]).toEqual([300, 170]);
});
