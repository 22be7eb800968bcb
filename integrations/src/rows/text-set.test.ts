import { expect, it } from 'vitest';
import { TextSet } from './text-set.js';

it('tells texts apart as a Set does, over hundreds of thousands of similar ones', () => {
  const set = new TextSet();
  const texts = Array.from({ length: 300_000 }, (_, i) => (i % 2 === 0 ? `order-${i}` : String(i)));
  expect(texts.every((text) => set.add(text))).toBe(true);
  expect(texts.some((text) => set.add(text))).toBe(false);
  expect(set.size).toBe(texts.length);
});
