import type { InboxPage } from '../engine/engine-types';

/** The pages of the queue that were read so far, in order. A cursor is a place in the order, not a count of rows. */
export type InboxPages = readonly InboxPage[];

type ReadPage = (cursor: string | undefined) => Promise<InboxPage>;
type Rows = { readonly first: number; readonly last: number };

/**
 * Reads the pages named by `wanted` again, each from where the one before it ends; the others stay as they are. A queue that got
 * shorter loses the pages after its end. With no pages yet, the first is read.
 */
export async function readPagesAgain(
  pages: InboxPages,
  wanted: ReadonlySet<number>,
  read: ReadPage,
): Promise<InboxPages> {
  const found = [...pages];
  for (const index of [...wanted].sort((one, other) => one - other)) {
    const cursor = index === 0 ? undefined : found[index - 1]?.nextCursor;
    if (cursor === null || (cursor === undefined && index > 0)) continue;
    found[index] = await read(cursor);
  }
  const end = found.findIndex((page) => page.nextCursor === null);
  return end < 0 ? found : found.slice(0, end + 1);
}

/** The positions of the pages on which rows `first` to `last` stand; the first page is always among them, as new customers come in there. */
export function pagesSeen(pages: InboxPages, { first, last }: Rows): ReadonlySet<number> {
  const seen = new Set([0]);
  let start = 0;
  pages.forEach((page, index) => {
    const end = start + page.items.length;
    if (start <= last && end > first) seen.add(index);
    start = end;
  });
  return seen;
}
