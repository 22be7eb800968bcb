import { z } from 'zod';
import { durationSchema } from '../catalogue/duration.js';
import type { FieldType } from '../conditions/facts.js';

/** What is made of the events that count. All but the first need a `property`. */
const WITHOUT_PROPERTY = ['count', 'firstAt', 'lastAt'] as const;
const WITH_PROPERTY = [
  'sum',
  'average',
  'minimum',
  'maximum',
  'distinct',
  'first',
  'last',
  'mostFrequent',
] as const;

const scalar = z.union([z.string().max(500), z.number(), z.boolean()]);
/** `total`, `products.category`: through lists, every member's. */
const propertyPath = z
  .string()
  .max(200)
  .regex(/^[^.\s$]+(\.[^.\s$]+)*$/, 'names joined by dots: "total", "products.category"');

/** A trait that is worked out from a customer's events, and kept up as they arrive and as time passes. */
export const computedTraitSchema = z
  .strictObject({
    /** As conditions and texts name it: `computed.orders90Days`, `{{ customer.computed.orders90Days }}`. */
    traitId: z.string().regex(/^[a-z][A-Za-z0-9]{0,59}$/, 'a name such as "orders90Days"'),
    /** As people call it: "Orders in 90 days". */
    name: z.string().min(1).max(120),
    description: z.string().max(1_000).default(''),
    /** Names of the events that count. */
    events: z.array(z.string().min(1).max(200)).min(1).max(20),
    /** Properties an event has to have to count: one of the values, for each. */
    where: z.record(propertyPath, z.union([scalar, z.array(scalar).min(1).max(50)])).default({}),
    /** Only events of the last so long; absent = all there ever were. */
    within: durationSchema.optional(),
    compute: z.enum([...WITHOUT_PROPERTY, ...WITH_PROPERTY]),
    /** Of which property. */
    property: propertyPath.optional(),
  })
  .superRefine(({ compute, property }, context) => {
    const needs = WITH_PROPERTY.some((each) => each === compute);
    if (needs === (property !== undefined)) return;
    const message = needs ? `a property for "${compute}"` : `no property for "${compute}"`;
    context.addIssue({ code: 'custom', path: ['property'], message, input: property });
  });
export type ComputedTrait = z.output<typeof computedTraitSchema>;

export const computedTraitsSchema = z
  .array(computedTraitSchema)
  .max(50)
  .default([])
  .superRefine((traits, context) => {
    traits.forEach(({ traitId }, index) => {
      if (traits.findIndex((each) => each.traitId === traitId) === index) return;
      context.addIssue({
        code: 'custom',
        path: [index, 'traitId'],
        message: 'unique among the computed traits',
        input: traitId,
      });
    });
  });

/** What conditions may compare a computed trait with. */
export function typeOfTrait({ compute }: ComputedTrait): FieldType {
  switch (compute) {
    case 'count':
    case 'sum':
    case 'average':
    case 'minimum':
    case 'maximum':
    case 'distinct':
      return 'number';
    case 'firstAt':
    case 'lastAt':
      return 'date';
    case 'first':
    case 'last':
    case 'mostFrequent':
      return 'any';
  }
}
