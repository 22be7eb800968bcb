import { z } from 'zod';
import type { DemoOutcome } from '../behaviour/life.js';

const answerSchema = z.object({
  decisionId: z.string(),
  actions: z.array(
    z.object({
      actionId: z.string(),
      group: z.string(),
      class: z.enum(['promotional', 'transactional', 'mandatory']),
      value: z.number(),
      probability: z.number(),
      treatment: z.object({ treatmentId: z.string() }),
    }),
  ),
});
export type LiveDecision = z.infer<typeof answerSchema>;

export type DecideCall = {
  readonly customer: { readonly userId: string } | { readonly anonymousId: string };
  readonly channel: string;
  readonly placement: string;
};

export type FeedbackCall = {
  readonly decisionId: string;
  readonly actionId: string;
  readonly outcome: DemoOutcome;
  readonly value?: number;
};

/** What went wrong, in words for the log. 404 (nobody knows the customer yet) counts as no answer, not as a fault. */
export type ApiResult<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly status: number | undefined; readonly problem: string };

export type ShopApi = {
  readonly decide: (call: DecideCall) => Promise<ApiResult<LiveDecision>>;
  readonly feedback: (call: FeedbackCall) => Promise<ApiResult<unknown>>;
};

export type ShopApiOptions = {
  readonly apiUrl: string;
  readonly writeKey: string;
  readonly signal: AbortSignal;
  readonly fetch?: typeof fetch;
};

/** The two calls an app makes besides sending events. Faults of the network come back as values: a shop plays on. */
export function createShopApi({ apiUrl, writeKey, signal, fetch: send = fetch }: ShopApiOptions): ShopApi {
  const authorization = `Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`;
  const post = async (path: string, body: unknown): Promise<ApiResult<unknown>> => {
    try {
      const response = await send(new URL(path, apiUrl), {
        method: 'POST',
        headers: { authorization, 'content-type': 'application/json' },
        body: JSON.stringify(body),
        signal: AbortSignal.any([signal, AbortSignal.timeout(10_000)]),
      });
      const text = await response.text();
      if (response.ok) return { ok: true, value: JSON.parse(text) };
      return {
        ok: false,
        status: response.status,
        problem: `${path} answered ${response.status}: ${text.slice(0, 300)}`,
      };
    } catch (error) {
      return {
        ok: false,
        status: undefined,
        problem: `${path} failed: ${error instanceof Error ? error.message : String(error)}`,
      };
    }
  };
  return {
    decide: async (call) => {
      const answer = await post('/v1/decide', { ...call, slots: 1 });
      if (!answer.ok) return answer;
      const parsed = answerSchema.safeParse(answer.value);
      return parsed.success
        ? { ok: true, value: parsed.data }
        : {
            ok: false,
            status: 200,
            problem: `/v1/decide answered something else: ${z.prettifyError(parsed.error)}`,
          };
    },
    feedback: (call) => post('/v1/feedback', call),
  };
}
