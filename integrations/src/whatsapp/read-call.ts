import { z } from 'zod';
import type { Receipt, ReceiptStatus } from '../channel/receipt.js';
import { type SmsRequest, smsRequestOf } from '../sms/keywords.js';

/** A message that somebody sent us by WhatsApp. */
export type InboundWhatsApp = {
  readonly providerMessageId: string;
  /** In E.164, with the plus that Meta leaves out. */
  readonly from: string;
  /** Empty for pictures, places and other things without words. */
  readonly text: string;
  readonly at: Date;
  /** What a one-word message asks for. */
  readonly request: SmsRequest | undefined;
};

/** Somebody switched our marketing messages off, or on again, in WhatsApp's own menu. */
export type WhatsAppPreference = { readonly from: string; readonly stops: boolean; readonly at: Date };

export type WhatsAppCall = {
  readonly receipts: readonly Receipt[];
  readonly messages: readonly InboundWhatsApp[];
  readonly preferences: readonly WhatsAppPreference[];
};

const seconds = z
  .union([z.string().regex(/^\d{1,12}$/), z.number().int().nonnegative()])
  .transform((value) => new Date(Number(value) * 1000));

const status = z.object({
  id: z.string().min(1),
  status: z.string(),
  timestamp: seconds,
  biz_opaque_callback_data: z.string().optional(),
  errors: z.array(z.object({ code: z.number(), title: z.string().optional() })).optional(),
});

const message = z.object({
  id: z.string().min(1),
  from: z.string().regex(/^\d{5,18}$/),
  timestamp: seconds,
  text: z.object({ body: z.string() }).optional(),
  button: z.object({ text: z.string() }).optional(),
});

const preference = z.object({
  wa_id: z.string().regex(/^\d{5,18}$/),
  value: z.enum(['stop', 'resume']),
  timestamp: seconds,
});

/** Items that are not as expected are left out: one odd message must not hide the others of its call. */
function each<Item extends z.ZodType>(schema: Item) {
  return z
    .array(z.unknown())
    .default([])
    .transform((items) =>
      items.flatMap((item) => {
        const parsed = schema.safeParse(item);
        return parsed.success ? [parsed.data] : [];
      }),
    );
}

const call = z.object({
  object: z.literal('whatsapp_business_account'),
  entry: z.array(
    z.object({
      changes: z.array(
        z.object({
          value: z.object({
            statuses: each(status),
            messages: each(message),
            user_preferences: each(preference),
          }),
        }),
      ),
    }),
  ),
});

const STATUSES: ReadonlyMap<string, ReceiptStatus> = new Map([
  ['delivered', 'delivered'],
  ['read', 'opened'],
  ['failed', 'failed'],
]);

function receiptOf(said: z.output<typeof status>): Receipt[] {
  const known = STATUSES.get(said.status);
  if (known === undefined) return [];
  const [error] = said.errors ?? [];
  const deliveryId = said.biz_opaque_callback_data;
  return [
    {
      channel: 'whatsapp',
      providerMessageId: said.id,
      ...(deliveryId === undefined ? {} : { deliveryId }),
      status: known,
      at: said.timestamp,
      ...(known === 'failed' && error !== undefined
        ? { detail: `${error.title ?? 'failed'}, WhatsApp error ${error.code}` }
        : {}),
    },
  ];
}

/** Reads a webhook call of the Cloud API, whose signature has been checked. @returns `undefined` if it is none */
export function readWhatsAppCall(raw: unknown): WhatsAppCall | undefined {
  const parsed = call.safeParse(raw);
  if (!parsed.success) return undefined;
  const values = parsed.data.entry.flatMap(({ changes }) => changes.map(({ value }) => value));
  return {
    receipts: values.flatMap(({ statuses }) => statuses.flatMap(receiptOf)),
    messages: values.flatMap(({ messages }) =>
      messages.map(({ id, from, timestamp, text, button }) => {
        const words = text?.body ?? button?.text ?? '';
        return {
          providerMessageId: id,
          from: `+${from}`,
          text: words,
          at: timestamp,
          request: smsRequestOf(words),
        };
      }),
    ),
    preferences: values.flatMap(({ user_preferences }) =>
      user_preferences.map(({ wa_id, value, timestamp }) => ({
        from: `+${wa_id}`,
        stops: value === 'stop',
        at: timestamp,
      })),
    ),
  };
}
