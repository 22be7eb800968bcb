import { z } from 'zod';
import { describeIssues } from '../catalogue/describe-issues.js';
import { conditionSchema } from '../conditions/condition.js';

const ID_PATTERN = /^[a-z0-9]+(?:[-_.:][a-z0-9]+)*$/;

/** A named group of customers: whoever the condition holds for, worked out anew at each decision. */
const segmentSchema = z.strictObject({
  segmentId: z
    .string()
    .max(80)
    .regex(ID_PATTERN, 'lower-case letters and digits joined by "-", "_", "." or ":"'),
  /** As people call it: "Loyal customers". */
  name: z.string().min(1).max(120),
  description: z.string().max(1_000).default(''),
  when: conditionSchema,
});
export type Segment = z.output<typeof segmentSchema>;
export type SegmentInput = z.input<typeof segmentSchema>;

const segmentsSchema = z
  .array(segmentSchema)
  .max(500)
  .superRefine((segments, context) => {
    const seen = new Map<string, number>();
    segments.forEach(({ segmentId }, index) => {
      const first = seen.get(segmentId);
      if (first !== undefined) {
        const message = `unique among the segments (also at [${first}])`;
        context.addIssue({ code: 'custom', path: [index, 'segmentId'], message, input: segmentId });
      }
      seen.set(segmentId, index);
    });
  });

export type ParsedSegments =
  | { readonly ok: true; readonly segments: readonly Segment[] }
  | { readonly ok: false; readonly problems: readonly string[] };

/** Parses what a YAML file or an API call holds; each problem names its path. */
export function parseSegments(input: unknown): ParsedSegments {
  const parsed = segmentsSchema.safeParse(input);
  if (parsed.success) return { ok: true, segments: parsed.data };
  return { ok: false, problems: describeIssues(parsed.error.issues, { input, name: 'segments' }) };
}
