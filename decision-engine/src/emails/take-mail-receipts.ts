import {
  type BounceReport,
  type ComplaintReport,
  emailReceiptOf,
  type InboundEvent,
  isAddressGone,
  type Receipt,
} from '@segue/integrations';
import type { CustomerId } from '../customers/profile.js';
import type { DecisionDocument, StoredDelivery } from '../decisions/decision-document.js';
import { recordReceipt } from '../deliveries/record-receipt.js';
import type { Engine } from '../engine/engine.js';
import { setConsent } from '../engine/set-permissions.js';
import { suppressAddress } from './suppressed-addresses.js';

/** Where providers say how a message bounced; their names for what passes. */
const BOUNCE_KINDS = ['bounce_type', 'bounceType', 'type'];
const PASSES = /soft|transient|temporary|block/i;

async function deliveryBy(engine: Engine, messageId: string): Promise<StoredDelivery | null> {
  const decision = await engine.store.decisions
    .findOne({ 'deliveries.providerMessageId': messageId }, { deliveries: 1 })
    .lean<Pick<DecisionDocument, 'deliveries'> | null>();
  return decision?.deliveries.find(({ providerMessageId }) => providerMessageId === messageId) ?? null;
}

/** Message-IDs as we keep them: some providers leave the angle brackets out. */
const bracketed = (messageId: string): string => (messageId.startsWith('<') ? messageId : `<${messageId}>`);

/**
 * Takes in what became of an e-mail. Nobody there: nothing goes to the address again. Marked as spam or unsubscribed: marketing by
 * e-mail is declined. Repeated it changes nothing; a message that isn't ours is left alone.
 * @returns the customer; null where the message is not known
 */
async function takeMailReceipt(
  engine: Engine,
  receipt: Receipt,
  addressGone: boolean,
): Promise<CustomerId | null> {
  const customerId = await recordReceipt(engine, receipt);
  if (receipt.status === 'failed' && addressGone) {
    const delivery = await deliveryBy(engine, receipt.providerMessageId);
    if (delivery !== null)
      await suppressAddress(engine.store, {
        address: delivery.to,
        reason: receipt.detail ?? 'no reason was given',
        at: receipt.at,
      });
  }
  if (customerId !== null && (receipt.status === 'complained' || receipt.status === 'unsubscribed')) {
    await setConsent(engine, {
      customerId,
      channel: 'email',
      purpose: 'marketing',
      state: 'denied',
      source: receipt.status === 'complained' ? 'Email Marked as Spam' : 'Unsubscribed',
      at: receipt.at,
      id: `${receipt.status}:${receipt.providerMessageId}`,
    });
  }
  return customerId;
}

/** Takes in the reports among events: mail providers' webhooks come in as Segment's e-mail events. */
export async function takeMailEvents(engine: Engine, events: readonly InboundEvent[]): Promise<CustomerId[]> {
  const concerned: CustomerId[] = [];
  for (const event of events) {
    const receipt = emailReceiptOf(event);
    if (receipt === undefined) continue;
    const passes = BOUNCE_KINDS.some((name) => {
      const kind = event.properties[name];
      return typeof kind === 'string' && PASSES.test(kind);
    });
    const known = { ...receipt, providerMessageId: bracketed(receipt.providerMessageId) };
    const customerId = await takeMailReceipt(engine, known, !passes);
    if (customerId !== null) concerned.push(customerId);
  }
  return concerned;
}

/**
 * Takes in a mail server's report. Anybody can write one, so only what names a message of ours to this very recipient counts.
 * @returns the customer; null where it doesn't
 */
export async function takeBounce(engine: Engine, report: BounceReport): Promise<CustomerId | null> {
  const delivery = await deliveryBy(engine, report.messageId);
  if (delivery === null || delivery.to.toLowerCase() !== report.recipient.toLowerCase()) return null;
  if (report.action !== 'failed' && report.action !== 'delivered') return null;
  const receipt: Receipt = {
    channel: 'email',
    providerMessageId: report.messageId,
    status: report.action,
    at: engine.clock(),
    ...(report.action === 'failed' ? { detail: report.diagnostic || report.status } : {}),
  };
  return takeMailReceipt(engine, receipt, isAddressGone(report));
}

/**
 * Takes in a complaint that the recipient's provider handed on. Anybody can write one, so it has to name a message of ours, and
 * where it names a recipient, that one.
 * @returns the customer; null where it doesn't
 */
export async function takeComplaint(
  engine: Engine,
  { messageId, recipient, feedbackType }: ComplaintReport,
): Promise<CustomerId | null> {
  const delivery = await deliveryBy(engine, messageId);
  if (delivery === null) return null;
  if (recipient !== null && recipient.toLowerCase() !== delivery.to.toLowerCase()) return null;
  const receipt: Receipt = {
    channel: 'email',
    providerMessageId: messageId,
    status: feedbackType === 'opt-out' ? 'unsubscribed' : 'complained',
    at: engine.clock(),
    detail: feedbackType,
  };
  return takeMailReceipt(engine, receipt, false);
}
