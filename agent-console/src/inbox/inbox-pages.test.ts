import { expect, it } from 'vitest';
import type { InboxItem, InboxPage } from '../engine/engine-types';
import { pagesSeen, readPagesAgain } from './inbox-pages';

const page = (ids: readonly string[], nextCursor: string | null): InboxPage => ({
  items: ids.map((customerId) => ({ customerId }) as InboxItem),
  nextCursor,
  total: 6,
});
const read = [page(['a', 'b'], 'after b'), page(['c', 'd'], 'after d'), page(['e', 'f'], null)];
const idsOf = (pages: readonly InboxPage[]) =>
  pages.map(({ items }) => items.map(({ customerId }) => customerId));

it('reads the first page where there is none', async () => {
  const asked: unknown[] = [];
  const pages = await readPagesAgain([], new Set([0]), async (cursor) => {
    asked.push(cursor);
    return page(['a'], null);
  });
  expect(asked).toEqual([undefined]);
  expect(idsOf(pages)).toEqual([['a']]);
});

it('reads what is seen and leaves the rest, each page from where the one before it ends now', async () => {
  const asked: unknown[] = [];
  const pages = await readPagesAgain(read, new Set([1, 0]), async (cursor) => {
    asked.push(cursor);
    return cursor === undefined ? page(['new', 'a'], 'after a') : page(['b', 'c'], 'after c');
  });
  expect(asked).toEqual([undefined, 'after a']);
  expect(idsOf(pages)).toEqual([
    ['new', 'a'],
    ['b', 'c'],
    ['e', 'f'],
  ]);
});

it('forgets the pages after the end of a queue that got shorter', async () => {
  const pages = await readPagesAgain(read, new Set([0, 2]), async () => page(['a'], null));
  expect(idsOf(pages)).toEqual([['a']]);
});

it('names the pages that rows stand on, and always the first', () => {
  expect([...pagesSeen(read, { first: 3, last: 4 })]).toEqual([0, 1, 2]);
  expect([...pagesSeen(read, { first: 4, last: 5 })]).toEqual([0, 2]);
});
