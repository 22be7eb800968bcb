import { expect, test } from 'vitest';
import { diagramModel } from './diagram-model.js';

const NODES = [
  {
    id: 'pause',
    type: 'wait',
    name: 'Pause',
    came: 200,
    here: 40,
    left: { goal: 10, exited: 30 },
    failed: 0,
  },
  { id: 'mail', type: 'send', name: 'mail', came: 120, here: 0, left: {}, failed: 40 },
  { id: 'end', type: 'end', name: 'End', came: 80, here: 0, left: {}, failed: 0 },
];
const EDGES = [
  { way: 'pause>next', from: 'pause', to: 'mail', label: '', runs: 120 },
  { way: 'mail>next', from: 'mail', to: 'end', label: 'sent', runs: 50 },
  { way: 'mail>none', from: 'mail', to: 'end', label: 'not sent', runs: 30 },
];

test('boxes say who left, goals aside; arrows how many went', () => {
  const { boxes, arrows } = diagramModel({ nodes: NODES, edges: EDGES }, 'Event “Cart”');
  expect(boxes.map(({ id, here, loss, lossMeaning }) => [id, here, loss, lossMeaning])).toEqual([
    ['entry>', null, '', 'neutral'],
    ['pause', 40, '30 left here (15%)', 'watch'],
    ['mail', 0, '40 left here (33%)', 'act'],
    ['end', 0, '', 'neutral'],
  ]);
  expect(arrows.map(({ text, share, meaning }) => [text, share, meaning])).toEqual([
    ['200 entered', 1, 'neutral'],
    ['120', 0.6, 'neutral'],
    ['sent · 50', 50 / 120, 'neutral'],
    ['not sent · 30', 0.25, 'act'],
  ]);
});

test('a draft has no counts', () => {
  const draft = {
    nodes: [{ id: 'a', type: 'goal', name: 'a' }],
    edges: [{ way: 'a>next', from: 'a', to: 'end', label: '' }],
  };
  const { boxes, arrows } = diagramModel(draft, 'Entry');
  expect(boxes[1]).toMatchObject({ here: null, loss: '' });
  expect(arrows.map(({ text, share }) => [text, share])).toEqual([
    ['', null],
    ['', null],
  ]);
});
