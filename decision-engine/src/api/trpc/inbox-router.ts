import { z } from 'zod';
import { decodeInboxCursor, readInbox } from '../../inbox/read-inbox.js';
import { readCursor } from '../read-cursor.js';
import { permitted, router } from './trpc.js';

const listRequest = z.strictObject({
  cursor: z.string().max(500).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export const inboxRouter = router({
  list: permitted('customers:read')
    .input(listRequest)
    .query(({ ctx, input }) =>
      readInbox(ctx.engine.store, {
        cursor: readCursor(input.cursor, decodeInboxCursor),
        limit: input.limit,
      }),
    ),
});
