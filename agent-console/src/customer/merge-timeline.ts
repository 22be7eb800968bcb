import type { TimelineItem } from '../engine/engine-types';

/**
 * One timeline from pages and what was pushed meanwhile: each item once, newest first. Where an item came twice
 * the first one given counts, which is the newer word on it.
 */
export function mergeTimeline(pages: readonly (readonly TimelineItem[])[]): readonly TimelineItem[] {
  const byId = new Map<string, TimelineItem>();
  for (const item of pages.flat()) {
    if (!byId.has(item.id)) byId.set(item.id, item);
  }
  return [...byId.values()].sort((one, other) => Date.parse(other.at) - Date.parse(one.at));
}

export type TimelineFilter = 'all' | 'event' | 'decision' | 'delivery';

/** Whether an item passes a filter; answers belong to the decisions they answer. */
export function passes(item: TimelineItem, filter: TimelineFilter): boolean {
  switch (filter) {
    case 'all':
      return true;
    case 'decision':
      return item.kind === 'decision' || item.kind === 'outcome';
    case 'event':
    case 'delivery':
      return item.kind === filter;
  }
}
