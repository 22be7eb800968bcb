import { z } from 'zod';
import { channelSchema } from '../../catalogue/ids.js';
import { displayNameOf } from '../../customers/display-name.js';
import { findCustomer } from '../../customers/find-customer.js';
import { deliveryViewOf } from '../../deliveries/delivery-view.js';
import { decodeOutboxCursor, readOutbox } from '../../deliveries/read-outbox.js';
import { requestMessage } from '../../deliveries/request-delivery.js';
import { retryDelivery } from '../../deliveries/retry-delivery.js';
import { readCursor } from '../read-cursor.js';
import { permitted, router } from './trpc.js';

export const outboxRouter = router({
  list: permitted('outbox:read')
    .input(
      z.strictObject({
        cursor: z.string().max(500).optional(),
        limit: z.number().int().min(1).max(100).default(50),
      }),
    )
    .query(({ ctx, input }) =>
      readOutbox(ctx.engine, { cursor: readCursor(input.cursor, decodeOutboxCursor), limit: input.limit }),
    ),
  retry: permitted('outbox:retry')
    .input(z.strictObject({ deliveryId: z.string().min(1).max(300) }))
    .mutation(async ({ ctx, input }) => {
      const delivery = await retryDelivery(ctx.engine, input.deliveryId);
      ctx.deliveriesWait();
      return { delivery };
    }),
});

export const deliveryRouter = router({
  send: permitted('decisions:answer')
    .input(
      z.strictObject({
        decisionId: z.string().min(1).max(64),
        actionId: z.string().min(1).max(128),
        channel: channelSchema.optional(),
      }),
    )
    .mutation(async ({ ctx, input }) => {
      const { decision, delivery } = await requestMessage(ctx.engine, input);
      const customer = await findCustomer(ctx.engine.store, { customerId: decision.customerId });
      const view = deliveryViewOf(decision, delivery, customer === null ? '' : displayNameOf(customer));
      ctx.engine.live.deliveryChanged(view);
      ctx.deliveriesWait();
      return { delivery: view };
    }),
});
