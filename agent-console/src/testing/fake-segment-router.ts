import { TRPCError } from '@trpc/server';
import { z } from 'zod';
import {
  changeListRequest,
  conditionFields,
  listChanged,
  savedSegment,
  segmentList,
  segmentMembers,
  segmentPreview,
  segmentView,
} from '../../../decision-engine/src/api/shapes/segment';
import { agent, fakeTrpc } from './fake-trpc';
import { person } from './fixtures';

const CUSTOMERS = 1240;
const trendTo = (size: number, step: number) =>
  Array.from({ length: 30 }, (_, index) => ({
    day: new Date(Date.UTC(2026, 9, 24 + index)).toISOString().slice(0, 10),
    size: Math.round(size - (29 - index) * step + ((index * 7) % 5)),
  }));
const SEGMENTS = [
  {
    segmentId: 'loyal',
    name: 'Loyal customers',
    description: 'Early access and thanks',
    size: 318,
    step: 1.6,
  },
  { segmentId: 'leaving', name: 'Likely to leave', description: '', size: 141, step: -0.7 },
  {
    segmentId: 'newcomers',
    name: 'Newcomers',
    description: 'First order in the last month',
    size: 64,
    step: 0,
  },
  { segmentId: 'invited', name: 'Invited to the opening', description: '', size: 40, step: 0 },
].map(({ step, ...segment }) => ({ ...segment, trend: trendTo(segment.size, step) }));
const FIELDS = [
  { path: 'features.orders_365d', type: 'number' as const, words: 'Orders in the last year' },
  { path: 'features.days_since_order', type: 'number' as const, words: 'Days since the last order' },
  { path: 'scores.churn', type: 'number' as const, words: 'Probability of leaving' },
  { path: 'firstSeenAt', type: 'date' as const, words: 'First seen' },
  { path: 'language', type: 'text' as const, words: 'Language' },
  { path: 'lists', type: 'list' as const, words: 'Lists' },
];
const member = (index: number) => ({ customerId: person(index).id, displayName: person(index).name });

/** The engine's procedures about segments, answered from memory. */
export const fakeSegmentRouter = fakeTrpc.router({
  list: agent.output(segmentList).query(() => ({ items: SEGMENTS, customers: CUSTOMERS })),
  get: agent
    .input(z.object({ segmentId: z.string() }))
    .output(segmentView)
    .query(({ input }) => {
      const segment = SEGMENTS.find(({ segmentId }) => segmentId === input.segmentId);
      if (segment === undefined)
        throw new TRPCError({ code: 'NOT_FOUND', message: 'There is no such segment.' });
      return {
        ...segment,
        when: { field: 'features.orders_365d', op: 'gte', value: 5 },
        isList: segment.segmentId === 'invited',
        source: 'field: features.orders_365d\nop: gte\nvalue: 5\n',
        overlaps: SEGMENTS.filter((other) => other !== segment).map(({ segmentId, name, size }, index) => ({
          segmentId,
          name,
          size,
          both: Math.max(0, 24 - index * 20),
        })),
      };
    }),
  members: agent.output(segmentMembers).query(() => ({
    items: Array.from({ length: 12 }, (_, index) => member(index)),
    nextCursor: null,
  })),
  fields: agent.output(conditionFields).query(() => ({ items: FIELDS })),
  preview: agent.output(segmentPreview).mutation(() => ({
    problems: [],
    fitting: 318,
    asked: CUSTOMERS,
    customers: CUSTOMERS,
    sample: [0, 1, 2, 3].map(member),
  })),
  save: agent.output(savedSegment).mutation(() => ({ segmentId: 'loyal', revision: 7, isNew: true })),
  changeMembers: agent
    .input(changeListRequest)
    .output(listChanged)
    .mutation(({ input }) => {
      const unknown = input.ids.filter((id) => id.startsWith('nobody'));
      return { changed: input.ids.length - unknown.length, unchanged: 0, unknown };
    }),
});
