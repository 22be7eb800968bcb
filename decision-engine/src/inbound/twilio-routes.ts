import { inboundSmsOf, isTwilioRequest, twilioReceiptOf } from '@segue/integrations';
import type { FastifyReply } from 'fastify';
import { ApiError } from '../api/api-error.js';
import { recordReceipt } from '../deliveries/record-receipt.js';
import { headerOf, type InboundCall } from './inbound-call.js';
import { takeMessage } from './take-message.js';

/** The form of a call that Twilio has signed. @throws ApiError `channel_not_configured`, `wrong_signature` */
function signedForm({ settings, request, rawBody }: InboundCall): URLSearchParams {
  const { authToken } = settings.twilio;
  if (authToken === null) throw new ApiError('channel_not_configured', 'SMS: set TWILIO_AUTH_TOKEN');
  const outside = settings.publicApiUrl ?? `${request.protocol}://${request.host}`;
  const isForm = (headerOf(request, 'content-type') ?? '').startsWith('application/x-www-form-urlencoded');
  const parameters = new URLSearchParams(isForm ? rawBody : '');
  const signed = {
    url: `${outside}${request.url}`,
    signature: headerOf(request, 'x-twilio-signature') ?? '',
    parameters,
    rawBody,
  };
  if (!isTwilioRequest(signed, authToken))
    throw new ApiError('wrong_signature', 'Expected a call signed by Twilio for this address');
  return parameters;
}

function queryOf({ request }: InboundCall, name: string): string | undefined {
  const { query } = request;
  const value: unknown = typeof query === 'object' && query !== null ? Reflect.get(query, name) : undefined;
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** What became of an SMS of ours. */
export async function takeTwilioStatus(call: InboundCall): Promise<FastifyReply> {
  const { engine, changed } = call.running;
  const receipt = twilioReceiptOf(signedForm(call), engine.clock());
  const deliveryId = queryOf(call, 'delivery');
  if (receipt !== undefined) {
    const named = deliveryId === undefined ? receipt : { ...receipt, deliveryId };
    const customerId = await recordReceipt(engine, named);
    if (customerId !== null) changed([customerId]);
  }
  return call.reply.status(204).send();
}

/** An SMS of a customer's. The answer holds no reply: Twilio itself answers STOP, START and HELP. */
export async function takeTwilioMessage(call: InboundCall): Promise<FastifyReply> {
  const { engine, changed } = call.running;
  const sms = inboundSmsOf(signedForm(call));
  if (sms === undefined) throw new ApiError('invalid_request', 'Expected "MessageSid", "From" and "Body"');
  const { providerMessageId: id, from, text, request } = sms;
  changed(await takeMessage(engine, { channel: 'sms', from, text, id, at: engine.clock(), request }));
  return call.reply.type('text/xml').send('<?xml version="1.0" encoding="UTF-8"?><Response/>');
}
