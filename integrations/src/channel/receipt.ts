export const RECEIPT_STATUSES = [
  'delivered',
  'opened',
  'clicked',
  'failed',
  'complained',
  'unsubscribed',
] as const;
export type ReceiptStatus = (typeof RECEIPT_STATUSES)[number];

/** What a provider reports about a message after it was sent. */
export type Receipt = {
  readonly channel: string;
  /** As `send` answered it. */
  readonly providerMessageId: string;
  /** Our own name of the message, where the provider gives it back. */
  readonly deliveryId?: string;
  readonly status: ReceiptStatus;
  readonly at: Date;
  /** The provider's words, for `failed`. */
  readonly detail?: string;
};
