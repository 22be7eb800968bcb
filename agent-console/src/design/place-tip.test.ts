import { expect, test } from 'vitest';
import { placeTip } from './place-tip.js';

const window = { width: 400, height: 300 };
const tip = { width: 100, height: 20 };

test.each([
  {
    name: 'above the middle',
    anchor: { left: 150, top: 100, width: 40, height: 30 },
    side: 'top',
    place: { left: 120, top: 74 },
  },
  {
    name: 'below where there is no room above',
    anchor: { left: 150, top: 10, width: 40, height: 30 },
    side: 'top',
    place: { left: 120, top: 46 },
  },
  {
    name: 'to the right',
    anchor: { left: 10, top: 100, width: 40, height: 30 },
    side: 'right',
    place: { left: 56, top: 105 },
  },
  {
    name: 'left where there is no room right',
    anchor: { left: 340, top: 100, width: 40, height: 30 },
    side: 'right',
    place: { left: 234, top: 105 },
  },
  {
    name: 'never beyond the edge',
    anchor: { left: 0, top: 100, width: 20, height: 30 },
    side: 'top',
    place: { left: 8, top: 74 },
  },
  {
    name: 'without room on either side, inside all the same',
    anchor: { left: 60, top: 100, width: 300, height: 30 },
    side: 'left',
    place: { left: 8, top: 105 },
  },
] as const)('$name', ({ anchor, side, place }) => {
  expect(placeTip({ anchor, tip, window, side })).toEqual(place);
});
