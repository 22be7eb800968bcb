import { z } from 'zod';

export const IDENTITY_KINDS = ['userId', 'anonymousId', 'email', 'phone', 'externalId'] as const;

export const identity = z.object({ kind: z.enum(IDENTITY_KINDS), value: z.string().min(1).max(512) });
export type Identity = z.infer<typeof identity>;

/**
 * How a caller names a customer: our own id or any one identity.
 * Exactly one field; `{}` and two fields are refused.
 */
export const customerReference = z
  .strictObject({
    customerId: z.string().min(1).max(64).optional(),
    userId: z.string().min(1).max(512).optional(),
    anonymousId: z.string().min(1).max(512).optional(),
    email: z.string().min(3).max(320).optional(),
    phone: z.string().min(3).max(64).optional(),
    externalId: z.string().min(1).max(512).optional(),
  })
  // JSON Schema can't see the refinement below.
  .meta({ minProperties: 1, maxProperties: 1 })
  .refine((reference) => Object.values(reference).filter((value) => value !== undefined).length === 1, {
    message: 'named by exactly one of customerId, userId, anonymousId, email, phone, externalId',
  });
export type CustomerReference = z.infer<typeof customerReference>;
