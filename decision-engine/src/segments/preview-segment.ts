import type { CustomerDocument } from '../customers/customer-document.js';
import { displayNameOf } from '../customers/display-name.js';
import { customerFacts, knownCustomerOf } from '../decisions/customer-facts.js';
import type { Engine } from '../engine/engine.js';
import { compileSegments } from './compile-segments.js';
import { parseSegments } from './segment.js';

export type SegmentPreview =
  | {
      readonly ok: true;
      /** Of these customers, the number that fit. All of them were asked, or as many as there was time for. */
      readonly fitting: number;
      readonly asked: number;
      readonly customers: number;
      readonly sample: readonly { readonly customerId: string; readonly displayName: string }[];
    }
  | { readonly ok: false; readonly problems: readonly string[] };

const TURN = 25;
const SAMPLE = 8;
const NAME = 'preview';

/**
 * Asks a condition of customers as they are now, in the order of their ids, which says nothing about them. Stops when the
 * time is up: then it is a sample.
 * @param forMs how long it may take
 */
export async function previewSegment(
  engine: Engine,
  when: unknown,
  { forMs, elapsed }: { readonly forMs: number; readonly elapsed: () => number },
): Promise<SegmentPreview> {
  const parsed = parseSegments([{ segmentId: NAME, name: NAME, when }]);
  if (!parsed.ok) return { ok: false, problems: parsed.problems.map(ofCondition) };
  const compiling = compileSegments(parsed.segments, engine.rules().schema);
  if (!compiling.ok) return { ok: false, problems: compiling.problems.map(ofCondition) };
  const { segmentsOf } = compiling.compiled;
  const { store } = engine;
  const filter = { mergedInto: null };
  const customers = await store.customers.countDocuments(filter);
  const sample: { customerId: string; displayName: string }[] = [];
  let asked = 0;
  let fitting = 0;
  const cursor = store.customers
    .find(filter)
    .sort({ _id: 1 })
    .batchSize(200)
    .lean<CustomerDocument[]>()
    .cursor();
  for await (const document of cursor) {
    const now = engine.clock();
    const rules = engine.rules();
    const { decisionProfile } = customerFacts(knownCustomerOf(document), {
      rules,
      scorers: engine.scorers(),
      now,
    });
    asked += 1;
    if (segmentsOf(decisionProfile, now).length > 0) {
      fitting += 1;
      if (sample.length < SAMPLE)
        sample.push({ customerId: document._id, displayName: displayNameOf(document) });
    }
    if (asked % TURN !== 0) continue;
    if (elapsed() > forMs) break;
    await new Promise<void>((resolve) => setImmediate(resolve));
  }
  return { ok: true, fitting, asked, customers: Math.max(customers, asked), sample };
}

/** Problems name the condition alone, not the list it was put into to be checked. */
function ofCondition(problem: string): string {
  return problem.replace('"segments[0].', '"').replace('"[0].', '"');
}
